import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { readOverrides } from '#lib/settings/queries';
import { effectiveValue } from '#lib/settings/settings';
import type { ClaimedOccurrence } from './claims.ts';
import { insertOccurrences, lockReminder, type Reminder } from './queries.ts';
import { isRecurring, latestDueEvent, nextEventAt, occurrenceAt, offsetsOf } from './schedule.ts';

/** How a message ended: sent under an id, or not to be sent any more. */
export type Ending =
  | { readonly state: 'sent'; readonly messageId: string }
  | { readonly state: 'parked' | 'missed'; readonly reason: string };

/** Why a message was missed of which the guild is told. */
export const TOO_LATE = 'too late';

/** Whoever tells of a message that was not sent is left alone for so long; a delivery renews it while it works. */
export const NOTICE_LEASE_MS = 60_000;

/**
 * `owes-notice`: the guild is to be told, which its row keeps until it is done. `repeated`: set aside for the same reason as before, so
 * nobody needs to hear of it again. `taken-over`: nothing was recorded.
 */
export type Settlement = 'settled' | 'owes-notice' | 'repeated' | 'taken-over';

/**
 * Records how a message ended and, in the same transaction, what the reminder owes next or that it is finished.
 * @returns 'taken-over' when another process has taken the message over meanwhile.
 */
export async function settle(
  db: Database,
  occurrence: ClaimedOccurrence,
  ending: Ending,
  now: Date,
): Promise<Settlement> {
  return db.transaction().execute(async (trx) => {
    // The reminder's lock comes before the occurrence's, as when a setting moves both.
    const reminder = await lockReminder(trx, occurrence.reminder.guildId, occurrence.reminder.id);
    const before = await trx
      .selectFrom('reminder_occurrences')
      .select(['last_error', 'notice_due_at'])
      .where('id', '=', occurrence.id)
      .where('state', '=', 'sending')
      .where('attempts', '=', occurrence.attempts)
      .forUpdate()
      .executeTakeFirst();
    if (before === undefined) {
      if (ending.state === 'sent') await correct(trx, occurrence, ending.messageId, now);
      return 'taken-over';
    }
    const told = [before, ...(await replaceParked(trx, occurrence, now))].filter(
      (row) => row.notice_due_at === null,
    );
    const settlement = settlementOf(
      occurrence,
      ending,
      told.map((row) => row.last_error),
    );
    await trx
      .updateTable('reminder_occurrences')
      .set({
        state: ending.state,
        leased_until: null,
        // What is set aside may be sent yet, and an earlier attempt of unknown outcome then counts.
        maybe_sent_at: ending.state === 'parked' ? occurrence.maybeSentAt : null,
        settled_at: now,
        notice_due_at: settlement === 'owes-notice' ? new Date(now.getTime() + NOTICE_LEASE_MS) : null,
        notice_attempts: 1,
        ...(ending.state === 'sent'
          ? { message_id: ending.messageId, last_error: null }
          : { last_error: ending.reason }),
      })
      .where('id', '=', occurrence.id)
      .execute();
    if (reminder !== undefined) {
      if (ending.state === 'sent')
        await trx.updateTable('reminders').set({ last_sent_at: now }).where('id', '=', reminder.id).execute();
      await goOn(trx, reminder, occurrence, now);
    }
    return settlement;
  });
}

/** @param told the reasons for which it was set aside before, and of which somebody was told. */
function settlementOf(
  { reminder }: ClaimedOccurrence,
  ending: Ending,
  told: readonly (string | null)[],
): Settlement {
  if (ending.state === 'parked' && told.includes(ending.reason)) return 'repeated';
  const isNews = ending.state === 'parked' || (ending.state === 'missed' && ending.reason === TOO_LATE);
  // What goes to one member alone nobody else may read of, and to whom it goes the bot cannot write.
  return isNews && reminder.recipientId === null ? 'owes-notice' : 'settled';
}

/** A process that slept over its lease has sent after all what another one gave up meanwhile; what follows is settled already. */
async function correct(
  trx: Transaction<DB>,
  { id }: ClaimedOccurrence,
  messageId: string,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('reminder_occurrences')
    .set({ state: 'sent', message_id: messageId, maybe_sent_at: null, last_error: null, settled_at: now })
    .where('id', '=', id)
    .where('state', 'in', ['parked', 'missed'])
    .execute();
}

/**
 * What was set aside before this message says nothing new after it, so of a reminder one message at most is set aside.
 * @returns the reasons for which they were, and whether that is still to be told.
 */
async function replaceParked(
  trx: Transaction<DB>,
  { id, reminder, offsetMinutes, eventAt }: ClaimedOccurrence,
  now: Date,
): Promise<{ last_error: string | null; notice_due_at: Date | null }[]> {
  return trx
    .updateTable('reminder_occurrences')
    .set({ state: 'missed', settled_at: now })
    .where('reminder_id', '=', reminder.id)
    .where('state', '=', 'parked')
    .where('id', '!=', id)
    .where((eb) =>
      eb('event_at', '<', eventAt).or(
        eb.and([eb('event_at', '=', eventAt), eb('offset_minutes', '>', offsetMinutes)]),
      ),
    )
    .returning(['last_error', 'notice_due_at'])
    .execute();
}

/**
 * Lets a message that could not be delivered just now be taken again later.
 * @param postponement.isUncertain whether Discord may have accepted it all the same.
 */
export async function postpone(
  db: Database,
  occurrence: ClaimedOccurrence,
  postponement: { readonly reason: string; readonly until: Date; readonly isUncertain: boolean },
): Promise<void> {
  await db
    .updateTable('reminder_occurrences')
    .set({
      state: 'pending',
      leased_until: null,
      next_attempt_at: postponement.until,
      last_error: postponement.reason,
      ...(!postponement.isUncertain && { maybe_sent_at: occurrence.maybeSentAt }),
    })
    .where('id', '=', occurrence.id)
    .where('state', '=', 'sending')
    .where('attempts', '=', occurrence.attempts)
    .execute();
}

/** What follows a settled message: the next event, or the end of the reminder. */
async function goOn(
  trx: Transaction<DB>,
  reminder: Reminder,
  occurrence: ClaimedOccurrence,
  now: Date,
): Promise<void> {
  if (isRecurring(reminder)) {
    if (reminder.pausedAt !== null) return;
    const waiting = await waitingOccurrences(trx, reminder.id);
    let goesOn = waiting.length > 0;
    for (const offset of offsetsToGoOn(reminder, occurrence, waiting))
      if (await insertNext(trx, reminder, occurrence.eventAt, offset, now)) goesOn = true;
    if (goesOn) return;
  } else if (occurrence.kind === 'advance') return;
  await trx.updateTable('reminders').set({ finished_at: now }).where('id', '=', reminder.id).execute();
  // An announcement that could not go out so far says nothing new after the event's own message.
  await trx
    .updateTable('reminder_occurrences')
    .set({ state: 'missed', settled_at: now })
    .where('reminder_id', '=', reminder.id)
    .where('state', '=', 'pending')
    .execute();
}

/**
 * Each announcement of a recurring reminder goes on by itself. One whose offset was changed while it was on its way goes on as those
 * that nobody goes on as; what was set aside before and is settled again has a successor already.
 */
function offsetsToGoOn(
  reminder: Reminder,
  { offsetMinutes, eventAt }: ClaimedOccurrence,
  waiting: readonly WaitingOccurrence[],
): number[] {
  const offsets = offsetsOf(reminder);
  const isFree = (offset: number): boolean => !waiting.some((one) => one.offset_minutes === offset);
  if (!offsets.includes(offsetMinutes)) return offsets.filter(isFree);
  const goesOn = waiting.some((one) => one.offset_minutes === offsetMinutes && one.event_at > eventAt);
  return goesOn ? [] : [offsetMinutes];
}

interface WaitingOccurrence {
  readonly offset_minutes: number;
  readonly event_at: Date;
}

/** What is still to be sent of a reminder. */
async function waitingOccurrences(trx: Transaction<DB>, reminderId: number): Promise<WaitingOccurrence[]> {
  return trx
    .selectFrom('reminder_occurrences')
    .select(['offset_minutes', 'event_at'])
    .where('reminder_id', '=', reminderId)
    .where('state', 'in', ['pending', 'sending'])
    .execute();
}

/**
 * The event that follows the settled one; of several that are over already, the newest, which is told late.
 * @returns whether there is one.
 */
async function insertNext(
  trx: Transaction<DB>,
  reminder: Reminder,
  settledEventAt: Date,
  offset: number,
  now: Date,
): Promise<boolean> {
  const zone = effectiveValue(await readOverrides(trx, reminder.guildId), 'system.timezone');
  const following = nextEventAt(reminder, zone, settledEventAt);
  if (following === null) return false;
  const eventAt = following > now ? following : (latestDueEvent(reminder, zone, now, offset) ?? following);
  await insertOccurrences(trx, reminder, [occurrenceAt(eventAt, offset)]);
  return true;
}
