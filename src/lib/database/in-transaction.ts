import type { Kysely, Transaction } from 'kysely';
import type { DB } from '#db/types';

/** Runs something in a transaction: in the one that `db` already is, or in one of its own. */
export function inTransaction<T>(
  db: Kysely<DB> | Transaction<DB>,
  run: (trx: Transaction<DB>) => Promise<T>,
): Promise<T> {
  return db.isTransaction ? run(db as Transaction<DB>) : db.transaction().execute(run);
}
