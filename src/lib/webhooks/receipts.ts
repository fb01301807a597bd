import type { Transaction } from 'kysely';
import { personalData } from '#db/personal-data';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { HttpProblem } from '#lib/http/problem';

const DAY_MS = 24 * 60 * 60_000;

/**
 * Does what a message asks for, once: what is done and the receipt are one transaction, so a message whose work failed may come again, and
 * a twin that comes meanwhile waits to see.
 * @throws HttpProblem 409 when a message with this id was taken before, whatever else it says.
 */
export async function takeOnce<Done>(
  db: Database,
  messageId: string,
  now: Date,
  work: (trx: Transaction<DB>) => Promise<Done>,
): Promise<Done> {
  return db.transaction().execute(async (trx) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('webhook_receipts')
      .values({ message_id: messageId, received_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows !== 1n)
      throw new HttpProblem(409, 'A message with this webhook-id was taken already. Nothing was done again.');
    return work(trx);
  });
}

/** Forgets receipts a day later: long after a message of that time would be too old to be taken. */
export async function removeOldReceipts(db: Database, now: Date): Promise<void> {
  const { kept } = personalData.webhook_receipts;
  await db
    .deleteFrom('webhook_receipts')
    .where('received_at', '<', new Date(now.getTime() - kept.days * DAY_MS))
    .execute();
}
