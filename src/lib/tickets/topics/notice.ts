import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import { alikeAmong, alikeInFaq } from './alike.ts';
import { latestSummaries, type Summary } from './summaries.ts';

const WITHIN_MS = 7 * 24 * 60 * 60_000;
/** So long nothing is proposed again that was proposed, whatever an admin said to it. */
const KNOWN_MS = 90 * 24 * 60 * 60_000;
/** From so many tickets about the same, this one included, an entry of the FAQ is proposed. */
const TICKETS_MIN = 3;
/** A topic that keeps coming back is extended up to so many. */
const TICKETS_MAX = 50;

/**
 * Notices when a guild's closed tickets are about the same again and again: the third within seven days makes a proposal, which is
 * posted later; one that comes after it belongs to it. To be called for one ticket of a guild at a time, in the transaction that
 * writes its summary.
 */
export async function noticeTopic(trx: Transaction<DB>, summary: Summary): Promise<void> {
  const { guildId, ticketId, createdAt, terms } = summary;
  const others = (await latestSummaries(trx, guildId)).filter((other) => other.ticketId !== ticketId);
  const alike = alikeAmong(terms, others).map(({ of }) => of);
  if (alike.length < TICKETS_MIN - 1) return;
  const topics = await trx
    .selectFrom('ticket_topics')
    .select(['id', 'ticket_ids'])
    .where('guild_id', '=', guildId)
    .where('created_at', '>', new Date(createdAt.getTime() - KNOWN_MS))
    .execute();
  const topic = topics.find(
    ({ ticket_ids: ids }) => alike.filter((other) => ids.includes(other.ticketId)).length >= 2,
  );
  if (topic !== undefined) {
    const { id, ticket_ids: ids } = topic;
    if (ids.includes(ticketId) || ids.length >= TICKETS_MAX) return;
    await trx
      .updateTable('ticket_topics')
      .set({ ticket_ids: [...ids, ticketId] })
      .where('id', '=', id)
      .where('guild_id', '=', guildId)
      .execute();
    return;
  }
  const proposed = new Set(topics.flatMap(({ ticket_ids: ids }) => ids));
  const since = createdAt.getTime() - WITHIN_MS;
  const fresh = alike.filter((other) => other.createdAt.getTime() >= since && !proposed.has(other.ticketId));
  if (proposed.has(ticketId) || fresh.length < TICKETS_MIN - 1) return;
  if ((await alikeInFaq(trx, guildId, terms, others)).length > 0) return;
  await trx
    .insertInto('ticket_topics')
    .values({
      guild_id: guildId,
      ticket_ids: [ticketId, ...fresh.map((other) => other.ticketId)].toSorted((one, other) => one - other),
      nonce: `tt:${randomUUID().slice(0, 18)}`,
      due_at: createdAt,
      created_at: createdAt,
    })
    .execute();
}
