import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import {
  insertOccurrences,
  insertReminder,
  REMINDER_COLUMNS,
  toReminder,
  type NewReminder,
  type Reminder,
} from './queries.ts';
import { firstOccurrences, sendTimeOf } from './schedule.ts';

/** All that a reminder says, checked already. */
export type Definition = Omit<NewReminder, 'sendTime'>;

/** What a change may touch; the rest stays. */
export type Redefinition = Pick<
  Definition,
  | 'name'
  | 'message'
  | 'location'
  | 'channelId'
  | 'callTime'
  | 'eventTime'
  | 'days'
  | 'rrule'
  | 'recursFrom'
  | 'recursUntil'
>;

/** Stores a reminder together with the first messages that it owes. */
export async function defineReminder(
  trx: Transaction<DB>,
  definition: Definition,
  zone: string,
  now: Date,
): Promise<Reminder> {
  const reminder = await insertReminder(trx, {
    ...definition,
    sendTime: sendTimeOf(definition.callTime, definition.offsetMinutes),
  });
  await insertOccurrences(trx, reminder, firstOccurrences(reminder, zone, now));
  return reminder;
}

/**
 * Changes a reminder that the caller holds locked. What it owes follows: messages that wait are replaced, except one that may be out
 * already; what went out is not sent again, for a message is known by its event and offset.
 */
export async function redefineReminder(
  trx: Transaction<DB>,
  reminder: Reminder,
  changes: Redefinition,
  zone: string,
  now: Date,
): Promise<Reminder> {
  const row = await trx
    .updateTable('reminders')
    .set({
      name: changes.name,
      message: changes.message,
      location: changes.location,
      channel_id: changes.channelId,
      call_time: changes.callTime,
      time: sendTimeOf(changes.callTime, reminder.offsetMinutes),
      event_time: changes.eventTime,
      days: changes.days.map(String),
      rrule: changes.rrule,
      recurs_from: changes.recursFrom,
      recurs_until: changes.recursUntil,
      updated_at: now,
    })
    .where('guild_id', '=', reminder.guildId)
    .where('id', '=', reminder.id)
    .returning(REMINDER_COLUMNS)
    .executeTakeFirstOrThrow();
  const changed = toReminder(row);
  if (changed.pausedAt !== null) return changed;
  await trx
    .deleteFrom('reminder_occurrences')
    .where('reminder_id', '=', reminder.id)
    .where('state', '=', 'pending')
    .where('maybe_sent_at', 'is', null)
    .execute();
  await insertOccurrences(trx, changed, firstOccurrences(changed, zone, now));
  return changed;
}
