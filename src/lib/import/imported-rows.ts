import type { Transaction } from 'kysely';
import type { DB } from '#db/types';

/** A row of the old database, by what is unique there: its ids are so within a server, and in some databases only there. */
export interface OldPlace {
  readonly guildId: string;
  readonly table: string;
  readonly id: string;
}

/** The row here that an old one became, which may be gone by now; null when it never came. */
export async function importedAs(
  trx: Transaction<DB>,
  { guildId, table, id }: OldPlace,
): Promise<string | null> {
  const row = await trx
    .selectFrom('imported_rows')
    .select('new_id')
    .where('guild_id', '=', guildId)
    .where('source_table', '=', table)
    .where('old_id', '=', id)
    .executeTakeFirst();
  return row?.new_id ?? null;
}

/** Notes in the same transaction what an old row became, so that it comes once, also when it is deleted here afterwards. */
export async function noteImported(
  trx: Transaction<DB>,
  { guildId, table, id }: OldPlace,
  newId: string | number,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('imported_rows')
    .values({
      guild_id: guildId,
      source_table: table,
      old_id: id,
      new_id: String(newId),
      imported_at: now,
    })
    .execute();
}
