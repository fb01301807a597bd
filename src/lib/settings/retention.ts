import { personalData } from '#db/personal-data';
import type { Database } from '#lib/database/database';

const DAY_MS = 24 * 60 * 60_000;
/** How long changes stay in the history. The newest of each setting stays for good: it says who set what is in force. */
const KEPT_MS = personalData.settings_history.kept.days * DAY_MS;
const ROWS_AT_ONCE = 1_000;

/** Removes changes older than a year that a newer one has followed. At most 1,000 a call. */
export async function removeOldHistory(db: Database, now: Date): Promise<void> {
  await db
    .deleteFrom('settings_history')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('settings_history as old')
        .select('old.id')
        .where('old.changed_at', '<', new Date(now.getTime() - KEPT_MS))
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('settings_history as newer')
              .select('newer.id')
              .whereRef('newer.guild_id', '=', 'old.guild_id')
              .whereRef('newer.scope', '=', 'old.scope')
              .whereRef('newer.key', '=', 'old.key')
              .whereRef('newer.id', '>', 'old.id'),
          ),
        )
        .limit(ROWS_AT_ONCE),
    )
    .execute();
}
