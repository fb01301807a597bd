import type { ButtonInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { offerMessage } from '#lib/faq/offer-view';
import { keepOffer, readOffer, settleOffer, type OfferOf } from '#lib/faq/offers';
import { fittingEntries, type FoundEntry } from '#lib/faq/search';
import { localeOf, translator } from '#lib/i18n/translate';
import { answer, claim, update } from '#lib/ui/answer';
import type { TicketDeps } from './deps.ts';
import { openTicket, requireRoom, type Opener, type Request } from './open.ts';

const OFFERED_MAX = 3;
/** Each leaves a row with what was written. */
const LIMIT = { max: 5, perMs: 60_000 };

/**
 * Shows a member the entries of the FAQ that fit what they wrote, if any do; what they wrote is kept meanwhile. Otherwise it opens
 * the ticket.
 * @throws UserError when they may open none, as opening one does.
 */
export async function offerOrOpen(deps: TicketDeps, interaction: Opener, request: Request): Promise<void> {
  const { db, clock, limiter } = deps;
  const { guildId, user } = interaction;
  const entries = await entriesFor(deps, interaction, request);
  if (entries.length === 0) return openTicket(deps, interaction, request);
  await requireRoom(deps, { guildId, userId: user.id, categoryId: request.categoryId });
  const waitMs = limiter.take('faq-offer', guildId, user.id, LIMIT);
  if (waitMs > 0) throw new UserError('common:limited', { max: LIMIT.max, count: Math.ceil(waitMs / 1000) });
  await claim(interaction);
  const now = clock.now();
  const id = await keepOffer(db, { guildId, userId: user.id }, request, now);
  await answer(interaction, offerMessage(translator(localeOf(interaction.locale)), entries, id, now));
}

async function entriesFor(
  { db, settings, log }: TicketDeps,
  { guildId, locale }: Opener,
  { description, form }: Request,
): Promise<readonly FoundEntry[]> {
  if (!(await settings.get(guildId, 'ticketbot.offer_faq'))) return [];
  const more = form.flatMap((field) =>
    'value' in field && field.value !== description ? [field.value] : [],
  );
  try {
    const words = [description, ...more].join('\n');
    return await fittingEntries(db, { guildId, words, locale: localeOf(locale), limit: OFFERED_MAX });
  } catch (error) {
    // Whoever needs help is not to be kept from it by a search.
    log.error({ err: error, guildId }, 'faq: entries for a ticket could not be searched');
    return [];
  }
}

const offerOf = (interaction: ButtonInteraction<'cached'>, id: string): OfferOf => {
  if (!/^[1-9]\d{0,17}$/.test(id)) throw new UserError('faq:offer.over');
  return { guildId: interaction.guildId, userId: interaction.user.id, id };
};

/** Opens the ticket that a member wanted before they read what was offered, once. @throws UserError when it is refused; they can try again. */
export async function openAnyway(
  deps: TicketDeps,
  interaction: ButtonInteraction<'cached'>,
  id: string,
): Promise<void> {
  const { db, clock } = deps;
  const offer = offerOf(interaction, id);
  // Only ever written by keepOffer.
  const request = (await readOffer(db, offer)) as Request | undefined;
  if (request === undefined) throw new UserError('faq:offer.over');
  await openTicket(deps, interaction, request, async (trx) => {
    if (!(await settleOffer(trx, offer, 'opened', clock.now()))) throw new UserError('faq:offer.over');
  });
  await takeButtons(interaction, 'faq:offer.opened');
}

/** Notes that what was offered spared a ticket, once. @throws UserError when it is settled already. */
export async function solvedWithout(
  { db, clock }: TicketDeps,
  interaction: ButtonInteraction<'cached'>,
  id: string,
): Promise<void> {
  const offer = offerOf(interaction, id);
  await claim(interaction);
  const isNew = await db.transaction().execute((trx) => settleOffer(trx, offer, 'solved', clock.now()));
  if (!isNew) throw new UserError('faq:offer.over');
  await takeButtons(interaction, 'faq:offer.done');
}

async function takeButtons(
  interaction: ButtonInteraction<'cached'>,
  sentence: 'faq:offer.opened' | 'faq:offer.done',
): Promise<void> {
  const t = translator(localeOf(interaction.locale));
  await update(interaction, { content: t(sentence), components: [] });
}
