import { personalData } from '#db/personal-data';
import type { Database } from '#lib/database/database';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** How long an admin's trial of onboarding is kept. Those who go through it themselves have the days of the rules. */
const PREVIEW_KEPT_MS = DAY_MS;
/** Rows removed by one statement, so that none holds the others up for long. */
const ROWS_AT_ONCE = 1_000;

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

/** Removes withdrawn agreements, receipts and the times of exports that are old enough. At most 1,000 of each a call. */
export async function removeOldPrivacyRows(db: Database, now: Date): Promise<void> {
  const { privacy_agreements: agreements, erasures, privacy_exports: exports } = personalData;
  await db
    .deleteFrom('privacy_agreements')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('privacy_agreements')
        .select('id')
        .where('withdrawn_at', '<', before(now, agreements.kept.days * DAY_MS))
        .limit(ROWS_AT_ONCE),
    )
    .execute();
  await db
    .deleteFrom('erasures')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('erasures')
        .select('id')
        .where('done_at', '<', before(now, erasures.kept.days * DAY_MS))
        .limit(ROWS_AT_ONCE),
    )
    .execute();
  await db
    .deleteFrom('privacy_exports')
    .where('user_id', 'in', (eb) =>
      eb
        .selectFrom('privacy_exports')
        .select('user_id')
        .where('exported_at', '<', before(now, exports.kept.hours * HOUR_MS))
        .limit(ROWS_AT_ONCE),
    )
    .execute();
}

/** Removes onboarding that was begun and not touched for 90 days, and admins' trials of it after one. At most 1,000 of each a call. */
export async function removeOldSessions(db: Database, now: Date): Promise<void> {
  const { kept } = personalData.onboarding_sessions;
  await db
    .deleteFrom('onboarding_sessions')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('onboarding_sessions')
        .select('id')
        .where('finished_at', 'is', null)
        .where('updated_at', '<', before(now, kept.days * DAY_MS))
        .limit(ROWS_AT_ONCE),
    )
    .execute();
  await db
    .deleteFrom('onboarding_sessions')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('onboarding_sessions')
        .select('id')
        .where('preview', 'is not', null)
        .where('updated_at', '<', before(now, PREVIEW_KEPT_MS))
        .limit(ROWS_AT_ONCE),
    )
    .execute();
}
