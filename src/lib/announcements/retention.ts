import { personalData } from '#db/personal-data';
import type { Database } from '#lib/database/database';

const DAY_MS = 24 * 60 * 60_000;
/** How long is known what was made of a post whose reminder is gone. Posts that old are not edited any more. */
const KEPT_MS = personalData.announcements.kept.days * DAY_MS;
const ROWS_AT_ONCE = 1_000;

/** Removes what is known of posts without a reminder that were read more than 90 days ago. At most 1,000 a call. */
export async function removeOldAnnouncements(db: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS);
  await db
    .deleteFrom('announcements')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('guild_id', 'message_id'),
        'in',
        selectFrom('announcements as old')
          .select(['old.guild_id', 'old.message_id'])
          .where('old.read_at', '<', before)
          .where('old.reminder_id', 'is', null)
          .limit(ROWS_AT_ONCE)
          .$asTuple('guild_id', 'message_id'),
      ),
    )
    .execute();
}
