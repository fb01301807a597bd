import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';

/** Makes whoever else locks or shares this name wait until the transaction ends; for what no row stands for yet. */
export async function lockName(trx: Transaction<DB>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
}

/** Makes whoever locks this name wait until the transaction ends; others may share it. */
export async function shareName(trx: Transaction<DB>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`.execute(trx);
}
