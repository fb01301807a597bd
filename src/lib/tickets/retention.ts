import { sql } from 'kysely';
import { personalData } from '#db/personal-data';
import type { Database } from '#lib/database/database';

const DAY_MS = 24 * 60 * 60_000;
const ROWS_AT_ONCE = 1_000;
/** Thousands of messages can hang on each. */
const TICKETS_AT_ONCE = 50;

/**
 * Removes tickets that were closed more than a year ago with all that hangs on them, counts older than 90 days and bans from tickets
 * that ended 30 days ago. At most 50 tickets and 1,000 of the others a call.
 *
 * Whether a ticket's channel still stands makes no difference: what members were promised is about what is kept here. A channel that
 * nobody has deleted by then stays as Discord's, locked, for staff to delete by hand.
 */
export async function removeOldTickets(db: Database, now: Date): Promise<void> {
  const { support_tickets: tickets, ticket_metrics: metrics, ticket_blacklist: blacklist } = personalData;
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
  const closedBefore = daysAgo(tickets.kept.days);
  // Said twice: one that is reopened at this moment has no such date any more, and stays.
  await sql`
    delete from support_tickets
    where closed_at < ${closedBefore} and id in (
      select id from support_tickets where closed_at < ${closedBefore} order by closed_at limit ${TICKETS_AT_ONCE}
    )`.execute(db);
  await sql`
    delete from ticket_metrics
    where id in (select id from ticket_metrics where created_at < ${daysAgo(metrics.kept.days)} limit ${ROWS_AT_ONCE})`.execute(
    db,
  );
  const endedBefore = daysAgo(blacklist.kept.days);
  await sql`
    delete from ticket_blacklist
    where expires_at < ${endedBefore} and (guild_id, user_id) in (
      select guild_id, user_id from ticket_blacklist where expires_at < ${endedBefore} limit ${ROWS_AT_ONCE}
    )`.execute(db);
}
