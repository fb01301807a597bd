import type { Selectable, Transaction } from 'kysely';
import type { DB, TicketSummaries } from '#db/types';
import type { Database } from '#lib/database/database';

/** What is kept of what a closed ticket was about. */
export interface Summary {
  readonly guildId: string;
  readonly ticketId: number;
  /** Who opened it. */
  readonly userId: string;
  /** Letter for letter as people wrote it, or as the AI did. */
  readonly text: string;
  readonly source: 'plain' | 'ai';
  readonly answeredBy: string | null;
  /** The last that staff said. */
  readonly answer: string | null;
  readonly terms: readonly string[];
  readonly createdAt: Date;
}

/** So many of the latest closed tickets of a guild are looked at for those like another; older ones are out of date anyway. */
const LATEST_MAX = 500;

function toSummary(row: Selectable<TicketSummaries>): Summary {
  return {
    guildId: row.guild_id,
    ticketId: row.ticket_id,
    userId: row.user_id,
    text: row.summary,
    source: row.source as Summary['source'],
    answeredBy: row.answered_by,
    answer: row.answer,
    terms: row.terms,
    createdAt: row.created_at,
  };
}

/** A ticket's summary; undefined when it has none. */
export async function readSummary(
  db: Database,
  guildId: string,
  ticketId: number,
): Promise<Summary | undefined> {
  const row = await db
    .selectFrom('ticket_summaries')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('ticket_id', '=', ticketId)
    .executeTakeFirst();
  return row && toSummary(row);
}

/** Writes a ticket's summary, in place of the one from when it was closed before. */
export async function writeSummary(trx: Transaction<DB>, summary: Summary): Promise<void> {
  const values = {
    user_id: summary.userId,
    summary: summary.text,
    source: summary.source,
    answered_by: summary.answeredBy,
    answer: summary.answer,
    terms: [...summary.terms],
    created_at: summary.createdAt,
  };
  await trx
    .insertInto('ticket_summaries')
    .values({ guild_id: summary.guildId, ticket_id: summary.ticketId, ...values })
    .onConflict((conflict) => conflict.columns(['guild_id', 'ticket_id']).doUpdateSet(values))
    .execute();
}

/** The latest summaries of a guild, newest first. */
export async function latestSummaries(db: Database | Transaction<DB>, guildId: string): Promise<Summary[]> {
  const rows = await db
    .selectFrom('ticket_summaries')
    .selectAll()
    .where('guild_id', '=', guildId)
    .orderBy('created_at', 'desc')
    .orderBy('ticket_id', 'desc')
    .limit(LATEST_MAX)
    .execute();
  return rows.map(toSummary);
}
