import { personalData } from '#db/personal-data';
import type { Database } from '#lib/database/database';

const HOUR_MS = 60 * 60_000;
const WAIT_MS = personalData.privacy_exports.kept.hours * HOUR_MS;

/**
 * Takes a member's turn to export, once an hour; of two at the same time one gets it.
 * @returns null when it was given, else from when there is one again.
 */
export async function takeExportTurn(db: Database, userId: string, now: Date): Promise<Date | null> {
  const taken = await db
    .insertInto('privacy_exports')
    .values({ user_id: userId, exported_at: now })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ exported_at: now })
        .where('privacy_exports.exported_at', '<=', new Date(now.getTime() - WAIT_MS)),
    )
    .returning('user_id')
    .executeTakeFirst();
  if (taken !== undefined) return null;
  const row = await db
    .selectFrom('privacy_exports')
    .select('exported_at')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return new Date((row?.exported_at ?? now).getTime() + WAIT_MS);
}

/** Gives a turn back of which nothing came. */
export async function returnExportTurn(db: Database, userId: string): Promise<void> {
  await db.deleteFrom('privacy_exports').where('user_id', '=', userId).execute();
}
