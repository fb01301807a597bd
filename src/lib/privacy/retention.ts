import { sql, type RawBuilder } from 'kysely';
import { personalData } from '#db/personal-data';
import type { Database } from '#lib/database/database';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** How long an admin's trial of onboarding is kept. Those who go through it themselves have the days of the rules. */
const PREVIEW_KEPT_MS = DAY_MS;
/** Rows removed by one statement, so that none holds the others up for long. */
const ROWS_AT_ONCE = 1_000;

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

/** Removes some of the rows that a condition holds for. */
async function removeSome(
  db: Database,
  table: 'privacy_agreements' | 'erasures' | 'privacy_exports' | 'onboarding_sessions',
  key: 'id' | 'user_id',
  isOld: RawBuilder<unknown>,
): Promise<void> {
  const [from, by] = [sql.table(table), sql.ref(key)];
  await sql`
    delete from ${from}
    where ${by} in (select ${by} from ${from} where ${isOld} limit ${ROWS_AT_ONCE})`.execute(db);
}

/** Removes withdrawn agreements, receipts and the times of exports that are old enough. At most 1,000 of each a call. */
export async function removeOldPrivacyRows(db: Database, now: Date): Promise<void> {
  const { privacy_agreements: agreements, erasures, privacy_exports: exports } = personalData;
  const daysAgo = (days: number): Date => before(now, days * DAY_MS);
  await removeSome(db, 'privacy_agreements', 'id', sql`withdrawn_at < ${daysAgo(agreements.kept.days)}`);
  await removeSome(db, 'erasures', 'id', sql`done_at < ${daysAgo(erasures.kept.days)}`);
  const oldExport = before(now, exports.kept.hours * HOUR_MS);
  await removeSome(db, 'privacy_exports', 'user_id', sql`exported_at < ${oldExport}`);
}

/** Removes onboarding that was begun and not touched for 90 days, and admins' trials of it after one. At most 1,000 of each a call. */
export async function removeOldSessions(db: Database, now: Date): Promise<void> {
  const { kept } = personalData.onboarding_sessions;
  const untouched = before(now, kept.days * DAY_MS);
  await removeSome(db, 'onboarding_sessions', 'id', sql`finished_at is null and updated_at < ${untouched}`);
  const tried = before(now, PREVIEW_KEPT_MS);
  await removeSome(db, 'onboarding_sessions', 'id', sql`preview is not null and updated_at < ${tried}`);
}
