import { personalData } from '#db/personal-data';
import type { Database } from '#lib/database/database';

const DAY_MS = 24 * 60 * 60_000;
/** How long a finished reminder and a settled message are kept, for whoever asks what became of them. */
const KEPT_MS = personalData.reminders.kept.days * DAY_MS;
/** Rows removed by one statement, so that none holds the others up for long. */
const ROWS_AT_ONCE = 1_000;

/** Removes reminders that finished, and messages that were settled, more than 30 days ago. At most 1,000 of each a call. */
export async function removeOldReminders(db: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS);
  await db
    .deleteFrom('reminders')
    .where('id', 'in', (eb) =>
      eb.selectFrom('reminders').select('id').where('finished_at', '<', before).limit(ROWS_AT_ONCE),
    )
    .execute();
  await db
    .deleteFrom('reminder_occurrences')
    .where('id', 'in', (eb) =>
      eb.selectFrom('reminder_occurrences').select('id').where('settled_at', '<', before).limit(ROWS_AT_ONCE),
    )
    .execute();
}
