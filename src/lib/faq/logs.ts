import { sql, type Transaction } from 'kysely';
import { DateTime } from 'luxon';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import type { FaqDeps } from './deps.ts';

/** What was searched for. */
export interface Search {
  readonly id: string;
  readonly query: string;
}

/** Notes come on Mondays at this hour of the guild. */
const NOTE_HOUR = 9;

/** When the next weekly note of a guild is due. */
export function nextNoteAt(now: Date, zone: string): Date {
  const local = DateTime.fromJSDate(now, { zone });
  const monday = local.startOf('week').set({ hour: NOTE_HOUR });
  return (monday > local ? monday : monday.plus({ weeks: 1 })).toJSDate();
}

/** Writes down what was searched for, without who did; a search in vain makes the weekly note due. */
export async function logSearch(
  { db, settings }: Pick<FaqDeps, 'db' | 'settings'>,
  guildId: string,
  { query, found, at }: { readonly query: string; readonly found: number; readonly at: Date },
): Promise<void> {
  if (query === '') return;
  const dueAt = nextNoteAt(at, await settings.get(guildId, 'system.timezone'));
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('faq_search_logs')
      .values({ guild_id: guildId, query, found, created_at: at })
      .execute();
    if (found > 0) return;
    await trx
      .insertInto('faq_notes')
      .values({ guild_id: guildId, since: at, due_at: dueAt })
      .onConflict((conflict) =>
        conflict.column('guild_id').doUpdateSet((eb) => ({
          due_at: eb.fn.coalesce('faq_notes.due_at', 'excluded.due_at'),
        })),
      )
      .execute();
  });
}

/** A search of a guild; undefined when it is none of this number, or too long ago. */
export async function readSearch(db: Database, guildId: string, id: string): Promise<Search | undefined> {
  return db
    .selectFrom('faq_search_logs')
    .select(['id', 'query'])
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Counts what became of entries that were offered before a ticket. */
export async function countOffer(
  db: Database | Transaction<DB>,
  guildId: string,
  what: 'offered' | 'solved' | 'opened',
  at: Date,
): Promise<void> {
  await db
    .insertInto('faq_counts')
    .values({ guild_id: guildId, day: at.toISOString().slice(0, 10), [what]: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['guild_id', 'day'])
        .doUpdateSet({ [what]: sql`${sql.ref(`faq_counts.${what}`)} + 1` }),
    )
    .execute();
}
