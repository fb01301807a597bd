import { sql } from 'kysely';
import { personalData } from '#db/personal-data';
import type { Database } from '#lib/database/database';

const DAY_MS = 24 * 60 * 60_000;
/** Rows removed by one statement, so that none holds the others up for long. */
const ROWS_AT_ONCE = 5_000;

/** Removes uses of 90 days ago and samples of health of 30, at most 5,000 of each a call. */
export async function removeOldAnalytics(db: Database, now: Date): Promise<void> {
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
  const { audit_logs: uses, health_check_history: samples } = personalData;
  await sql`delete from audit_logs where id = any(array(
    select id from audit_logs where created_at < ${daysAgo(uses.kept.days)} order by created_at limit ${ROWS_AT_ONCE}))`.execute(
    db,
  );
  await sql`delete from health_check_history where id = any(array(
    select id from health_check_history where checked_at < ${daysAgo(samples.kept.days)} limit ${ROWS_AT_ONCE}))`.execute(
    db,
  );
}
