import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import { UserError } from '#lib/errors/user-error';
import { insertOccurrences, insertReminder, type NewReminder, type Reminder } from './queries.ts';
import { firstOccurrences, sendTimeOf } from './schedule.ts';

/** All that a reminder says, checked already. */
export type Definition = Omit<NewReminder, 'sendTime'>;

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
  // A one-off owes all of its messages from the start, a recurring reminder the next of each announcement.
  await insertOccurrences(trx, reminder, firstOccurrences(reminder, zone, now));
  return reminder;
}

/**
 * Stores what a reminder, which the caller holds locked, says from now on. When its time moved, what it owes follows.
 * @throws UserError when a message of it is on its way just now, and its time moved.
 */
export async function redefineReminder(
  trx: Transaction<DB>,
  reminder: Reminder,
  change: { readonly isMoved: boolean; readonly zone: string; readonly now: Date },
): Promise<void> {
  await trx
    .updateTable('reminders')
    .set({
      name: reminder.name,
      message: reminder.message,
      location: reminder.location,
      channel_id: reminder.channelId,
      call_time: reminder.callTime,
      time: sendTimeOf(reminder.callTime, reminder.offsetMinutes),
      days: reminder.days.map(String),
      event_time: reminder.eventTime,
      rrule: reminder.rrule,
      recurs_from: reminder.recursFrom,
      recurs_until: reminder.recursUntil,
      updated_at: change.now,
    })
    .where('guild_id', '=', reminder.guildId)
    .where('id', '=', reminder.id)
    .execute();
  if (change.isMoved) await replaceWaiting(trx, reminder, change.zone, change.now);
}

/** What the reminder owes by its new time, in place of what waits by the old one. What went out is not sent again. */
async function replaceWaiting(
  trx: Transaction<DB>,
  reminder: Reminder,
  zone: string,
  now: Date,
): Promise<void> {
  const waiting = await trx
    .selectFrom('reminder_occurrences')
    .select(['id', 'state', 'kind', 'event_at', 'due_at', 'offset_minutes'])
    .where('reminder_id', '=', reminder.id)
    .where('state', '!=', 'sent')
    .forUpdate()
    .execute();
  // Settling it would count for the new time.
  if (waiting.some(({ state }) => state === 'sending')) throw new UserError('reminders:edit.busy');
  const owed = reminder.pausedAt === null ? firstOccurrences(reminder, zone, now) : [];
  const isOwed = (row: (typeof waiting)[number]): boolean =>
    owed.some(
      ({ kind, eventAt, offsetMinutes }) =>
        kind === row.kind &&
        offsetMinutes === row.offset_minutes &&
        eventAt.getTime() === row.event_at.getTime(),
    );
  // Also what was given up ahead of its time: it would keep that time from being owed again.
  const replaced = waiting.filter(
    (row) => (row.state === 'pending' && !isOwed(row)) || (row.state === 'missed' && row.due_at > now),
  );
  const setAside = waiting.filter(({ state }) => state === 'parked');
  const idsOf = (rows: typeof waiting): string[] => rows.map((row) => row.id);
  if (replaced.length > 0)
    await trx.deleteFrom('reminder_occurrences').where('id', 'in', idsOf(replaced)).execute();
  if (setAside.length > 0)
    await trx
      .updateTable('reminder_occurrences')
      .set({ state: 'missed', settled_at: now })
      .where('id', 'in', idsOf(setAside))
      .execute();
  await insertOccurrences(trx, reminder, owed);
}
