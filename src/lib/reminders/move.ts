import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { SettingKey } from '#lib/settings/definitions';
import { effectiveValue, type ChangeNote, type Overrides } from '#lib/settings/settings';
import { wallClockOf } from '#lib/time/wall-clock';
import { insertOccurrences, toReminder, type Reminder } from './queries.ts';
import { moveOccurrence, readOwed, type OwedOccurrence } from './owed.ts';
import {
  firstOccurrences,
  isRecurring,
  nextEventAt,
  occurrenceAt,
  offsetsOf,
  sendTimeOf,
  type Occurrence,
} from './schedule.ts';

/**
 * Lets a guild's reminders follow changed offsets or another time zone, within the transaction that changes the setting.
 * A recurring reminder keeps its clock time in the new zone; a one-off keeps its instant, which people were already told.
 * A message whose new moment has already passed keeps its old one, so that a longer offset does not send everything at once.
 * One that is paused owes nothing and goes on not to; a member's own has no announcements.
 * @returns how many reminders follow, how many of them keep their old moment this time, and how many stay, as sentences.
 */
export async function moveGuildReminders(
  trx: Transaction<DB>,
  change: { readonly guildId: string; readonly key: SettingKey; readonly overrides: Overrides },
  now: Date,
): Promise<ChangeNote[]> {
  const zone = effectiveValue(change.overrides, 'system.timezone');
  const offsetMinutes = effectiveValue(change.overrides, 'reminders.offset_minutes');
  const preAlerts = effectiveValue(change.overrides, 'reminders.pre_alerts');
  // Locked first, so that a delivery that is settling has written its next occurrence before we look for it.
  const rows = await trx
    .selectFrom('reminders')
    .selectAll()
    .where('guild_id', '=', change.guildId)
    .where('finished_at', 'is', null)
    .$if(change.key !== 'system.timezone', (query) => query.where('recipient_id', 'is', null))
    .orderBy('id')
    .forUpdate()
    .execute();
  const staysPut = (reminder: Reminder): boolean =>
    change.key === 'system.timezone' && !isRecurring(reminder);
  let [kept, stayed] = [0, 0];
  for (const row of rows) {
    const before = toReminder(row);
    const reminder = before.recipientId === null ? { ...before, offsetMinutes, preAlerts } : before;
    const callTime =
      reminder.eventTime === null ? reminder.callTime : wallClockOf(reminder.eventTime, zone).time;
    await trx
      .updateTable('reminders')
      .set({
        offset_minutes: reminder.offsetMinutes,
        pre_alerts: [...reminder.preAlerts],
        call_time: callTime,
        time: sendTimeOf(callTime, reminder.offsetMinutes),
        updated_at: now,
      })
      .where('id', '=', reminder.id)
      .execute();
    const isKept = reminder.pausedAt === null && (await moveOwed(trx, reminder, zone, now));
    if (staysPut(reminder)) stayed += 1;
    else if (isKept) kept += 1;
  }
  const notes: ChangeNote[] = [];
  const followed = rows.length - stayed;
  if (followed > 0) notes.push({ sentence: 'reminders:moved', values: { count: followed } });
  if (kept > 0) notes.push({ sentence: 'reminders:keptMoment', values: { count: kept } });
  if (stayed > 0) notes.push({ sentence: 'reminders:keptInstant', values: { count: stayed } });
  return notes;
}

/**
 * Fits what a reminder owes to its offsets: those that it keeps move with the zone, a changed one takes the message of the one it
 * replaces, and the rest come or go. What would be past is not sent.
 * @returns whether a message keeps its old moment.
 */
async function moveOwed(trx: Transaction<DB>, reminder: Reminder, zone: string, now: Date): Promise<boolean> {
  const offsets = announcementsOf(reminder);
  const owed = (await readOwed(trx, reminder.id)).filter((one) => isAnnouncement(reminder, one));
  // What is late already goes out as it is, and goes on as the announcement that replaces it.
  const movable = owed.filter((one) => one.isPending && one.eventAt > now);
  const taken = owed.filter((one) => !movable.includes(one) && isTaken(reminder, one));
  const missing = offsets.filter(
    (offset) => ![...movable, ...taken].some((one) => one.offsetMinutes === offset),
  );

  let isKept = false;
  for (const occurrence of movable) {
    const { id, offsetMinutes } = occurrence;
    const offset = offsets.includes(offsetMinutes) ? offsetMinutes : takeNearest(missing, offsetMinutes);
    if (offset === undefined) {
      await trx.deleteFrom('reminder_occurrences').where('id', '=', id).execute();
      continue;
    }
    const moved = movedTo(reminder, occurrence, offset, zone, now);
    if (moved === null) continue;
    if (moved.dueAt <= now) isKept = true;
    else await moveOccurrence(trx, id, moved);
  }
  // One that was made, or is on its way, under an offset that is no more stands for one that is new.
  for (const { offsetMinutes } of taken)
    if (!offsets.includes(offsetMinutes)) takeNearest(missing, offsetMinutes);
  const added = firstOccurrences(reminder, zone, now).filter((one) => missing.includes(one.offsetMinutes));
  await insertOccurrences(trx, reminder, added);
  return isKept;
}

/** Removes the offset that is nearest to another one, and returns it. */
function takeNearest(offsets: number[], to: number): number | undefined {
  const [nearest] = offsets.toSorted((a, b) => Math.abs(a - to) - Math.abs(b - to));
  if (nearest !== undefined) offsets.splice(offsets.indexOf(nearest), 1);
  return nearest;
}

/** The offsets at which a reminder is announced; the event of a one-off is none of them. */
function announcementsOf(reminder: Reminder): number[] {
  return offsetsOf(reminder).filter((offset) => isRecurring(reminder) || offset > 0);
}

function isAnnouncement(reminder: Reminder, { offsetMinutes }: OwedOccurrence): boolean {
  return isRecurring(reminder) || offsetMinutes > 0;
}

/** Whether it stands for an announcement: of a one-off also when it was made, of a recurring one while something is to come of it. */
function isTaken({ eventTime }: Reminder, { isOpen, eventAt }: OwedOccurrence): boolean {
  return eventTime === null ? isOpen : eventAt.getTime() === eventTime.getTime();
}

/** The event itself moves only where the zone reads the clock time of a recurring one differently. */
function movedTo(
  reminder: Reminder,
  { eventAt }: OwedOccurrence,
  offset: number,
  zone: string,
  now: Date,
): Occurrence | null {
  if (!isRecurring(reminder)) return occurrenceAt(eventAt, offset);
  const justBefore = new Date(eventAt.getTime() - 1);
  if (nextEventAt(reminder, zone, justBefore)?.getTime() === eventAt.getTime())
    return occurrenceAt(eventAt, offset);
  return firstOccurrences(reminder, zone, now).find((one) => one.offsetMinutes === offset) ?? null;
}
