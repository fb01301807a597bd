import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';

/** Tickets about the same, proposed as an entry of the FAQ. */
export interface Topic {
  readonly id: number;
  readonly guildId: string;
  readonly ticketIds: readonly number[];
  /** Null: nobody has decided. */
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  /** What came of it; null where it was dismissed, or the entry is gone. */
  readonly faqEntryId: number | null;
}

/** A topic that is to be posted, claimed. */
export interface DueTopic extends Topic {
  /** Discord answers a repetition with the first message. */
  readonly nonce: string;
  /** How often it was tried, this time included; it names the claim. */
  readonly attempts: number;
  readonly createdAt: Date;
}

/** Longer than a request takes with its repetitions. */
const LEASE_MS = 60_000;

const COLUMNS = ['id', 'guild_id', 'ticket_ids', 'decided_at', 'decided_by', 'faq_entry_id'] as const;

interface Row {
  readonly id: number;
  readonly guild_id: string;
  readonly ticket_ids: number[];
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
  readonly faq_entry_id: number | null;
}

function toTopic(row: Row): Topic {
  return {
    id: row.id,
    guildId: row.guild_id,
    ticketIds: row.ticket_ids,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    faqEntryId: row.faq_entry_id,
  };
}

/** A topic of a guild; undefined when it has none of this number. */
export async function readTopic(db: Database, guildId: string, id: number): Promise<Topic | undefined> {
  const row = await db
    .selectFrom('ticket_topics')
    .select(COLUMNS)
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toTopic(row);
}

/** A topic on which nobody else decides until the transaction ends. */
export async function lockTopic(
  trx: Transaction<DB>,
  guildId: string,
  id: number,
): Promise<Topic | undefined> {
  const row = await trx
    .selectFrom('ticket_topics')
    .select(COLUMNS)
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && toTopic(row);
}

/** Writes down what was decided about a topic, in the transaction that has locked it; it is not posted any more either. */
export async function decideTopic(
  trx: Transaction<DB>,
  { guildId, id }: Topic,
  decision: { readonly by: string; readonly at: Date; readonly faqEntryId: number | null },
): Promise<void> {
  await trx
    .updateTable('ticket_topics')
    .set({
      decided_by: decision.by,
      decided_at: decision.at,
      faq_entry_id: decision.faqEntryId,
      due_at: null,
    })
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .execute();
}

/** Takes on topics that are to be posted, so that no other process does it meanwhile. */
export async function claimTopics(db: Database, now: Date, limit: number): Promise<DueTopic[]> {
  const rows = await db
    .with('due', (cte) =>
      cte
        .selectFrom('ticket_topics')
        .select('id')
        .where('due_at', '<=', now)
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .orderBy('due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('ticket_topics')
    .from('due')
    .whereRef('ticket_topics.id', '=', 'due.id')
    .set((eb) => ({
      leased_until: new Date(now.getTime() + LEASE_MS),
      attempts: eb('ticket_topics.attempts', '+', 1),
    }))
    .returningAll('ticket_topics')
    .execute();
  return rows.map((row) => ({
    ...toTopic(row),
    nonce: row.nonce,
    attempts: row.attempts,
    createdAt: row.created_at,
  }));
}

/** Settles a claim. @param dueAt when it is tried again; null: it was posted, or never can be. */
export async function settleTopic(
  db: Database,
  { guildId, id, attempts }: DueTopic,
  dueAt: Date | null,
): Promise<void> {
  await db
    .updateTable('ticket_topics')
    .set({ due_at: dueAt, leased_until: null })
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute();
}
