import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { SettingKey } from '#lib/settings/definitions';
import { effectiveValue, type ChangeNote, type Overrides } from '#lib/settings/settings';
import { wallClockOf } from '#lib/time/wall-clock';
import { insertOccurrences, toReminder, type Reminder } from './queries.ts';
import { nextEventAt, nextOccurrences, occurrencesOf, sendTimeOf, type Occurrence } from './schedule.ts';

interface PendingOccurrence {
  readonly id: string;
  readonly kind: string;
  readonly eventAt: Date;
}

/**
 * Lets a guild's reminders follow a changed offset or time zone, within the transaction that changes the setting.
 * A recurring reminder keeps its clock time in the new zone; a one-off keeps its instant, which people were already told.
 * A message whose new moment has already passed keeps its old one, so that a longer offset does not send everything at once.
 * @returns how many reminders follow, how many of them keep their old moment this time, and how many stay, as sentences.
 */
export async function moveGuildReminders(
  trx: Transaction<DB>,
  change: { readonly guildId: string; readonly key: SettingKey; readonly overrides: Overrides },
  now: Date,
): Promise<ChangeNote[]> {
  const zone = effectiveValue(change.overrides, 'system.timezone');
  const offsetMinutes = effectiveValue(change.overrides, 'reminders.offset_minutes');
  // Locked first, so that a delivery that is settling has written its next occurrence before we look for it.
  const rows = await trx
    .selectFrom('reminders')
    .selectAll()
    .where('guild_id', '=', change.guildId)
    .where('finished_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  const staysPut = (reminder: Reminder): boolean =>
    change.key === 'system.timezone' && reminder.eventTime !== null;
  let [kept, stayed] = [0, 0];
  for (const row of rows) {
    const reminder: Reminder = { ...toReminder(row), offsetMinutes };
    const callTime =
      reminder.eventTime === null ? reminder.callTime : wallClockOf(reminder.eventTime, zone).time;
    await trx
      .updateTable('reminders')
      .set({
        offset_minutes: offsetMinutes,
        call_time: callTime,
        time: sendTimeOf(callTime, offsetMinutes),
        updated_at: now,
      })
      .where('id', '=', reminder.id)
      .execute();
    const pending = await readPending(trx, reminder.id);
    const isKept =
      reminder.eventTime === null
        ? await moveRecurring(trx, reminder, pending, zone, now)
        : await moveOneOff(trx, reminder, reminder.eventTime, pending, now);
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

async function readPending(trx: Transaction<DB>, reminderId: number): Promise<PendingOccurrence[]> {
  const rows = await trx
    .selectFrom('reminder_occurrences')
    .select(['id', 'kind', 'event_at'])
    .where('reminder_id', '=', reminderId)
    .where('state', '=', 'pending')
    // One that may be out already keeps the form in which it is looked for.
    .where('maybe_sent_at', 'is', null)
    .forUpdate()
    .execute();
  return rows.map((row) => ({ id: row.id, kind: row.kind, eventAt: row.event_at }));
}

/** @returns whether the message keeps its old moment. */
async function moveRecurring(
  trx: Transaction<DB>,
  reminder: Reminder,
  pending: readonly PendingOccurrence[],
  zone: string,
  now: Date,
): Promise<boolean> {
  let isKept = false;
  for (const occurrence of pending) {
    // What is late already goes out as it is.
    if (occurrence.eventAt <= now) continue;
    // The event itself moves only where the zone reads the clock time differently.
    const justBefore = new Date(occurrence.eventAt.getTime() - 1);
    const stands = nextEventAt(reminder, zone, justBefore)?.getTime() === occurrence.eventAt.getTime();
    const [moved] = stands
      ? occurrencesOf(reminder, occurrence.eventAt)
      : nextOccurrences(reminder, zone, now, 1);
    if (moved === undefined) continue;
    if (moved.dueAt <= now) isKept = true;
    else await moveOccurrence(trx, occurrence.id, moved);
  }
  return isKept;
}

/** @returns whether the announcement keeps its old moment. */
async function moveOneOff(
  trx: Transaction<DB>,
  reminder: Reminder,
  eventAt: Date,
  pending: readonly PendingOccurrence[],
  now: Date,
): Promise<boolean> {
  const announcement = pending.find(({ kind }) => kind === 'advance');
  const moved = occurrencesOf(reminder, eventAt).find(({ kind }) => kind === 'advance');
  if (announcement === undefined) {
    // Without one waiting there was no offset before, or it went out already; the latter is not announced again.
    const wasAnnounced = await trx
      .selectFrom('reminder_occurrences')
      .select('id')
      .where('reminder_id', '=', reminder.id)
      .where('kind', '=', 'advance')
      .executeTakeFirst();
    if (wasAnnounced === undefined && moved !== undefined && moved.dueAt > now)
      await insertOccurrences(trx, reminder, [moved]);
    return false;
  }
  if (moved === undefined) {
    await trx.deleteFrom('reminder_occurrences').where('id', '=', announcement.id).execute();
    return false;
  }
  if (moved.dueAt <= now) return true;
  await moveOccurrence(trx, announcement.id, moved);
  return false;
}

async function moveOccurrence(trx: Transaction<DB>, id: string, to: Occurrence): Promise<void> {
  await trx
    .updateTable('reminder_occurrences')
    .set({
      kind: to.kind,
      event_at: to.eventAt,
      due_at: to.dueAt,
      next_attempt_at: to.dueAt,
      offset_minutes: to.offsetMinutes,
    })
    .where('id', '=', id)
    // The same message may have gone out before under these very values.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('reminder_occurrences as other')
            .select(sql`1`.as('one'))
            .whereRef('other.reminder_id', '=', 'reminder_occurrences.reminder_id')
            .whereRef('other.id', '!=', 'reminder_occurrences.id')
            .where('other.event_at', '=', to.eventAt)
            .where('other.kind', '=', to.kind)
            .where('other.offset_minutes', '=', to.offsetMinutes),
        ),
      ),
    )
    .execute();
}
