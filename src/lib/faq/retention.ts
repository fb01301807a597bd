import { sql, type RawBuilder } from 'kysely';
import { personalData } from '#db/personal-data';
import type { Database } from '#lib/database/database';
import { RESTORABLE_DAYS } from './queries.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Rows removed by one statement, so that none holds the others up for long. */
const ROWS_AT_ONCE = 1_000;

/**
 * Removes what members wrote for tickets a day ago and did not open, searches of 30 days ago, counts of 90 and entries that were
 * deleted 30 days ago. At most 1,000 of each a call.
 */
export async function removeOldFaqRows(db: Database, now: Date): Promise<void> {
  const { faq_offers: offers, faq_search_logs: searches, faq_counts: counts } = personalData;
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
  const firstDay = daysAgo(counts.kept.days).toISOString().slice(0, 10);
  await removeSome(db, 'faq_offers', sql`created_at < ${daysAgo(offers.kept.days)}`);
  await removeSome(db, 'faq_search_logs', sql`created_at < ${daysAgo(searches.kept.days)}`);
  await removeSome(db, 'faq_counts', sql`day < ${firstDay}::date`);
  await removeSome(db, 'faq_entries', sql`deleted_at < ${daysAgo(RESTORABLE_DAYS)}`);
}

async function removeSome(
  db: Database,
  table: 'faq_offers' | 'faq_search_logs' | 'faq_counts' | 'faq_entries',
  isOld: RawBuilder<unknown>,
): Promise<void> {
  const from = sql.table(table);
  await sql`delete from ${from} where ctid = any(array(select ctid from ${from} where ${isOld} limit ${ROWS_AT_ONCE})) and ${isOld}`.execute(
    db,
  );
}
