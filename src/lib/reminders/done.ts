import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import { isAdmin, mayManage, type Actor } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { readOverrides } from '#lib/settings/queries';
import { effectiveValue } from '#lib/settings/settings';
import { insertOccurrences, lockReminder, readReminder, type Reminder } from './queries.ts';
import { nextEventAt, occurrencesOf } from './schedule.ts';

/** A delivered message, as its buttons name it. */
export interface DeliveredId {
  readonly guildId: string;
  readonly reminderId: number;
  readonly occurrenceId: string;
}

export interface Done {
  readonly doneBy: string;
  /** Whether somebody had said so before. */
  readonly isRepeated: boolean;
  /** Null when it was deleted meanwhile. */
  readonly reminder: Reminder | null;
}

/**
 * Nothing is left to do for the event of a delivered message: what is still to be sent of it is not sent. A recurring
 * reminder goes on with its next event, a one-off is finished.
 * @param place whether the message is in a channel, or one of the person's own.
 * @throws UserError when the reminder is somebody else's.
 */
export async function markDone(
  db: Database,
  { guildId, reminderId, occurrenceId }: DeliveredId,
  actor: Actor,
  place: 'channel' | 'direct',
  now: Date,
): Promise<Done> {
  return db.transaction().execute(async (trx) => {
    const waiting = await lockReminder(trx, guildId, reminderId);
    const reminder = waiting ?? (await readReminder(trx, guildId, reminderId)) ?? null;
    if (!mayFinish(reminder, actor, place)) throw new UserError('reminders:done.notYours');
    const marked = await trx
      .updateTable('reminder_occurrences')
      .set({ done_by: actor.userId, done_at: now })
      .where('id', '=', occurrenceId)
      .where('reminder_id', '=', reminderId)
      .where('guild_id', '=', guildId)
      .where('done_by', 'is', null)
      .returning('event_at')
      .executeTakeFirst();
    if (marked === undefined) {
      const before = await trx
        .selectFrom('reminder_occurrences')
        .select('done_by')
        .where('id', '=', occurrenceId)
        .where('reminder_id', '=', reminderId)
        .where('guild_id', '=', guildId)
        .executeTakeFirst();
      // What was deleted or is too old is marked in its message alone.
      return { doneBy: before?.done_by ?? actor.userId, isRepeated: before !== undefined, reminder };
    }
    const event = { reminderId, eventAt: marked.event_at };
    const dropped = await dropWaiting(trx, event, now);
    if (waiting !== undefined) await goOn(trx, waiting, marked.event_at, dropped, now);
    return { doneBy: actor.userId, isRepeated: false, reminder };
  });
}

function mayFinish(reminder: Reminder | null, actor: Actor, place: 'channel' | 'direct'): boolean {
  // Nobody but its recipient sees a direct message.
  if (place === 'direct') return reminder === null || reminder.recipientId === actor.userId;
  if (reminder === null) return isAdmin(actor);
  return reminder.recipientId === null && mayManage(actor, reminder.createdBy);
}

interface Dropped {
  readonly kind: string;
  readonly offset_minutes: number;
}

function dropWaiting(
  trx: Transaction<DB>,
  { reminderId, eventAt }: { readonly reminderId: number; readonly eventAt: Date },
  now: Date,
): Promise<Dropped[]> {
  return trx
    .updateTable('reminder_occurrences')
    .set({ state: 'missed', settled_at: now, last_error: 'done' })
    .where('reminder_id', '=', reminderId)
    .where('event_at', '=', eventAt)
    .where('state', 'in', ['pending', 'parked'])
    .returning(['kind', 'offset_minutes'])
    .execute();
}

/** What would have followed from the messages that are not sent any more. */
async function goOn(
  trx: Transaction<DB>,
  reminder: Reminder,
  eventAt: Date,
  dropped: readonly Dropped[],
  now: Date,
): Promise<void> {
  if (reminder.eventTime !== null) {
    // It may have been moved since the message that is done.
    if (reminder.eventTime.getTime() === eventAt.getTime())
      await finishWhenNothingWaits(trx, reminder.id, now);
    return;
  }
  if (dropped.length === 0) return;
  const zone = effectiveValue(await readOverrides(trx, reminder.guildId), 'system.timezone');
  const next = nextEventAt(reminder, zone, eventAt > now ? eventAt : now);
  if (next === null) return finishWhenNothingWaits(trx, reminder.id, now);
  const following = occurrencesOf(reminder, next).filter(({ kind, offsetMinutes }) =>
    dropped.some((gone) => gone.kind === kind && gone.offset_minutes === offsetMinutes),
  );
  await insertOccurrences(trx, reminder, following);
}

async function finishWhenNothingWaits(trx: Transaction<DB>, id: number, now: Date): Promise<void> {
  const left = await trx
    .selectFrom('reminder_occurrences')
    .select('id')
    .where('reminder_id', '=', id)
    .where('state', 'in', ['pending', 'sending'])
    .limit(1)
    .executeTakeFirst();
  if (left === undefined)
    await trx.updateTable('reminders').set({ finished_at: now }).where('id', '=', id).execute();
}
