import type { Guild } from 'discord.js';
import { FORMER_MEMBER } from '#lib/access/who';
import { ask } from '#lib/assistant/ask';
import { lockName } from '#lib/database/locks';
import { sendOnce, type Attempt } from '#lib/discord/send-once';
import { translator, type Locale } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import { plainText, truncate } from '#lib/text/sanitize';
import { termsOf } from '#lib/words/terms';
import type { TicketDeps } from '../deps.ts';
import type { TicketEvent } from '../events.ts';
import { isOpen } from '../status.ts';
import { lockTicket, type Ticket } from '../ticket.ts';
import { quotesOf, readMaterial } from './material.ts';
import { plainSummary } from './plain-summary.ts';
import { noticeTopic } from './notice.ts';
import { readSummary, writeSummary, type Summary } from './summaries.ts';
import { summaryEmbed } from './summary-view.ts';

const ANSWER_MAX = 2_000;
const MESSAGES_FOR_AI = 50;

/**
 * Keeps what a closed ticket was about and says it in the ticket. Done again after a crash it takes what is kept already, so that what is
 * said and what is kept are the same.
 * @param closed the event by which it was closed.
 * @throws what Discord answers.
 */
export async function summarise(
  deps: TicketDeps,
  guild: Guild,
  ticket: Ticket,
  closed: TicketEvent,
  { nonce, ...attempt }: Attempt & { readonly nonce: string },
): Promise<void> {
  // Opened again it will be closed again; and of a member whose data was erased nothing new is written.
  if (isOpen(ticket.status) || ticket.userId === FORMER_MEMBER) return;
  const locale = effectiveValue(await deps.settings.overrides(guild.id), 'system.language');
  const kept = await readSummary(deps.db, guild.id, ticket.id);
  const summary =
    kept !== undefined && kept.createdAt >= closed.at ? kept : await keepSummary(deps, locale, ticket);
  if (summary === null || ticket.channelId === null) return;
  const channel =
    guild.channels.cache.get(ticket.channelId) ?? (await guild.channels.fetch(ticket.channelId));
  if (channel === null || !channel.isTextBased()) return;
  const embeds = [summaryEmbed(translator(locale), summary)];
  await sendOnce(deps.db, channel, { embeds, allowedMentions: { parse: [] }, nonce }, attempt);
}

/** @returns null when the ticket changed meanwhile so that none is to be kept. */
async function keepSummary(deps: TicketDeps, locale: Locale, ticket: Ticket): Promise<Summary | null> {
  const { db, clock } = deps;
  const material = await readMaterial(db, ticket);
  const quotes = await quotesOf(db, ticket, MESSAGES_FOR_AI);
  const isEmpty = quotes.every(({ text }) => text.trim() === '');
  const { guildId } = ticket;
  const asked = isEmpty
    ? undefined
    : await ask(deps.assistant, { guildId, userId: null, profile: 'ticket-summary', locale, quotes });
  const byAi = asked?.outcome === 'answer' ? asked.text : null;
  const summary: Summary = {
    guildId: ticket.guildId,
    ticketId: ticket.id,
    userId: ticket.userId,
    text: byAi ?? plainSummary(translator(locale), ticket, material),
    source: byAi === null ? 'plain' : 'ai',
    answeredBy: material.answer?.authorId ?? null,
    answer: material.answer === null ? null : truncate(plainText(material.answer.text).trim(), ANSWER_MAX),
    terms: await termsOf(db, material.wish),
    createdAt: clock.now(),
  };
  return db.transaction().execute(async (trx) => {
    const now = await lockTicket(trx, ticket.guildId, ticket.id);
    if (now === undefined || isOpen(now.status) || now.userId !== ticket.userId) return null;
    await writeSummary(trx, summary);
    // Two tickets that close in the same moment see each other.
    await lockName(trx, `ticket-topics:${ticket.guildId}`);
    await noticeTopic(trx, summary);
    return summary;
  });
}
