import type { Database } from '#lib/database/database';
import type { ClaimedOccurrence } from './claims.ts';
import { isRecurring, offsetsOf } from './schedule.ts';

const MINUTE_MS = 60_000;

/**
 * Whether another message of the same event, nearer to it, is due as well: of several that are due at once only the nearest is told.
 * That of a recurring reminder may not be written yet, where an older event of that announcement is still to be settled.
 */
export async function isFollowedByNearer(
  db: Database,
  { reminder, eventAt, offsetMinutes }: ClaimedOccurrence,
  now: Date,
): Promise<boolean> {
  const minutesLeft = Math.ceil((eventAt.getTime() - now.getTime()) / MINUTE_MS);
  const offsets = isRecurring(reminder) ? offsetsOf(reminder) : [...offsetsOf(reminder), 0];
  if (!offsets.some((offset) => offset < offsetMinutes && offset >= minutesLeft)) return false;
  const row = await db
    .selectFrom('reminder_occurrences')
    .select('id')
    .where('reminder_id', '=', reminder.id)
    .where('offset_minutes', '<', offsetMinutes)
    .where('offset_minutes', '>=', minutesLeft)
    .where((eb) =>
      eb('event_at', '=', eventAt).or(
        eb.and([eb('event_at', '<', eventAt), eb('state', 'in', ['pending', 'sending'])]),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Whether somebody said of another message of the same event that nothing is left to do. What recurs writes the nearer ones of an event
 * only after those of the one before it, so that they were not there to be dropped.
 */
export async function isDone(db: Database, { reminder, eventAt }: ClaimedOccurrence): Promise<boolean> {
  if (isRecurring(reminder) && offsetsOf(reminder).length === 1) return false;
  const row = await db
    .selectFrom('reminder_occurrences')
    .select('id')
    .where('reminder_id', '=', reminder.id)
    .where('event_at', '=', eventAt)
    .where('done_by', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
