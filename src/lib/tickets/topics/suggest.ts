import type { ButtonInteraction } from 'discord.js';
import { ask } from '#lib/assistant/ask';
import type { Quote } from '#lib/assistant/client';
import { UserError } from '#lib/errors/user-error';
import { searchFaq, type FoundEntry } from '#lib/faq/search';
import { localeOf, translator, type Locale } from '#lib/i18n/translate';
import { answer, claim } from '#lib/ui/answer';
import { termsOf } from '#lib/words/terms';
import { findTicket, requireStaff } from '../access.ts';
import type { TicketDeps } from '../deps.ts';
import { scopeOf, withinScope, type Scope } from '../scope.ts';
import type { Ticket } from '../ticket.ts';
import { alikeAmong } from './alike.ts';
import { quotesOf, readMaterial } from './material.ts';
import { draftEmbed, examplesEmbed } from './suggest-views.ts';
import { latestSummaries, type Summary } from './summaries.ts';

const LIMIT = { max: 1, perMs: 5_000 };
const MESSAGES = 20;
const SHOWN_MAX = 3;

/** Closed tickets that were about the same, and entries of the FAQ, the most alike first. */
export interface Examples {
  readonly tickets: readonly Summary[];
  readonly faq: readonly FoundEntry[];
}

/**
 * Shows staff what they could answer in a ticket: a draft of the AI with what it is made from, or where there is none what was answered before.
 * @throws UserError for whoever is not staff, or was here a moment ago.
 */
export async function suggestReply(
  deps: TicketDeps,
  interaction: ButtonInteraction<'cached'>,
  id: number,
): Promise<void> {
  const found = await findTicket(deps, interaction, id);
  requireStaff(interaction, found);
  const { guildId, user, guild, member } = interaction;
  const waitMs = deps.limiter.take('ticket-suggest', guildId, user.id, LIMIT);
  if (waitMs > 0) throw new UserError('common:limited', { max: LIMIT.max, count: Math.ceil(waitMs / 1000) });
  await claim(interaction);
  const locale = localeOf(interaction.locale);
  const t = translator(locale);
  const at = deps.clock.now();
  const examples = await examplesFor(deps, found.ticket, await scopeOf(deps, guild, member), locale);
  const [about, ...messages] = await quotesOf(deps.db, found.ticket, MESSAGES);
  const asked = await ask(deps.assistant, {
    guildId,
    userId: null,
    profile: 'suggest-reply',
    locale,
    quotes: [...(about === undefined ? [] : [about]), ...exampleQuotes(examples), ...messages],
  });
  const shown =
    asked.outcome === 'answer'
      ? draftEmbed(t, asked.text, examples, at)
      : examplesEmbed(t, examples, { isAiDown: asked.outcome !== 'off', at });
  await answer(interaction, { embeds: [shown] });
}

function exampleQuotes({ tickets, faq }: Examples): Quote[] {
  return [
    ...faq.map(({ title, summary }) => ({ from: 'FAQ', text: `${title}\n${summary}` })),
    ...tickets.map((ticket) => ({ from: 'staff, in another ticket', text: ticket.answer ?? '' })),
  ];
}

/** What was answered before to something like this. @param scope leaves out tickets that whoever asks may not see. */
async function examplesFor(
  { db }: TicketDeps,
  ticket: Ticket,
  scope: Scope,
  locale: Locale,
): Promise<Examples> {
  const { guildId } = ticket;
  const { wish } = await readMaterial(db, ticket);
  const terms = await termsOf(db, wish);
  const summaries = (await latestSummaries(db, guildId)).filter(({ ticketId }) => ticketId !== ticket.id);
  const alike = alikeAmong(terms, summaries)
    .map(({ of }) => of)
    .filter(({ answer: said }) => said !== null);
  const faq = await searchFaq(db, { guildId, words: wish, locale, limit: SHOWN_MAX });
  const visible =
    alike.length === 0
      ? []
      : await db
          .selectFrom('support_tickets')
          .select('id')
          .where('guild_id', '=', guildId)
          .where(
            'id',
            'in',
            alike.map(({ ticketId }) => ticketId),
          )
          .where('closed_at', 'is not', null)
          .where((eb) => withinScope(eb, scope))
          .execute();
  const ids = new Set(visible.map(({ id }) => id));
  return {
    tickets: alike.filter(({ ticketId }) => ids.has(ticketId)).slice(0, SHOWN_MAX),
    faq,
  };
}
