import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { plainText, truncate } from '#lib/text/sanitize';
import { answer, claim } from '#lib/ui/answer';
import type { Overrides } from '#lib/settings/settings';
import { rulesOf, type TicketRules } from './categories.ts';
import type { TicketDeps } from './deps.ts';
import { requireMayOpen } from './blacklist.ts';
import { addFormFiles, type NewFile } from './files/rows.ts';
import type { FormAnswer } from './form.ts';
import { idleDaysOf } from './idle-days.ts';
import { settleTicket } from './perform.ts';
import { freeSlot, takenSlots, type TakenSlot } from './slots.ts';
import { writeTicket } from './write.ts';

/** What a member said when they opened a ticket. */
export interface Request {
  /** Null: the general kind. */
  readonly categoryId: number | null;
  readonly description: string;
  readonly form: readonly FormAnswer[];
  readonly files: readonly NewFile[];
  /** The message of this channel that it is about. */
  readonly aboutMessageId: string | null;
}

/** How often a member may open one, by whatever way. */
const LIMIT = { max: 1, perMs: 30_000 } as const;
const DESCRIPTION_MAX = 4_000;

/** How somebody opens one. */
export type Opener =
  | ChatInputCommandInteraction<'cached'>
  | ModalSubmitInteraction<'cached'>
  | ButtonInteraction<'cached'>
  | StringSelectMenuInteraction<'cached'>;

/**
 * What holds for a ticket that somebody could open now.
 * @throws UserError when they may open none or have as many as they may, the kind cannot be opened, or the guild has no place for tickets.
 */
export async function requireRoom(
  { db, settings, clock }: TicketDeps,
  of: { readonly guildId: string; readonly userId: string; readonly categoryId: number | null },
): Promise<TicketRules & { readonly overrides: Overrides }> {
  const { guildId, userId, categoryId } = of;
  await requireMayOpen(db, guildId, userId, clock.now());
  const overrides = await settings.overrides(guildId);
  const rules = await rulesOf(db, overrides, guildId, categoryId);
  if (categoryId !== null && (rules.category === null || !rules.category.enabled || rules.category.isDeleted))
    throw new UserError('tickets:categoryGone');
  if (rules.parentIds.length === 0 && rules.threadChannelId === null) throw new UserError('tickets:noPlace');
  const before = await db.transaction().execute((trx) => takenSlots(trx, of));
  if (freeSlot(before, rules.openLimit) === null) throw hasOpen(before, rules.openLimit);
  return { ...rules, overrides };
}

/**
 * Opens a ticket for whoever asks, and tells them where it is.
 * @param alsoWrite in the transaction that writes it down; what it throws undoes it.
 * @throws UserError when they may not, have as many as they may, or the guild has no place for tickets.
 */
export async function openTicket(
  deps: TicketDeps,
  interaction: Opener,
  { categoryId, description, form, files, aboutMessageId }: Request,
  alsoWrite: (trx: Transaction<DB>) => Promise<void> = async () => undefined,
): Promise<void> {
  const { db, clock, limiter } = deps;
  const { guildId, user, channelId, member } = interaction;
  const t = translator(localeOf(interaction.locale));
  const of = { guildId, userId: user.id, categoryId };
  const rules = await requireRoom(deps, of);
  const waitMs = limiter.take('ticket', guildId, user.id, LIMIT);
  if (waitMs > 0) throw new UserError('common:limited', { max: LIMIT.max, count: Math.ceil(waitMs / 1000) });
  await claim(interaction);
  const opened = await writeTicket(
    db,
    {
      ...of,
      username: member.displayName,
      description: truncate(plainText(description).trim(), DESCRIPTION_MAX),
      form,
      originChannelId: channelId,
      originMessageId: aboutMessageId,
    },
    { openLimit: rules.openLimit, idleDays: idleDaysOf(rules.overrides), now: clock.now() },
    async (trx, ticket) => {
      await alsoWrite(trx);
      await addFormFiles(trx, ticket, files, clock.now());
    },
  );
  if ('taken' in opened) throw hasOpen(opened.taken, rules.openLimit);
  const { ticket } = opened;
  const synced = await settleTicket(deps, { guildId, ticketId: ticket.id });
  if (synced?.outcome === 'undone') throw new UserError('tickets:noChannel');
  const isReady = synced?.outcome === 'done' && synced.channelId !== null;
  await answer(interaction, {
    content: isReady
      ? t('tickets:opened', { number: ticket.id, channel: `<#${synced.channelId}>` })
      : t('tickets:beingMade', { number: ticket.id }),
  });
}

function hasOpen(taken: readonly TakenSlot[], openLimit: number): UserError {
  const tickets = taken.map(({ ticketId, channelId }) =>
    channelId === null ? `#${ticketId}` : `<#${channelId}>`,
  );
  return new UserError('tickets:hasOpen', { tickets: tickets.join(' '), count: openLimit });
}
