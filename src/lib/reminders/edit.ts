import { createHash } from 'node:crypto';
import { mayManage, type Actor } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { inTransaction } from '#lib/database/in-transaction';
import { UserError } from '#lib/errors/user-error';
import { holdSettings } from '#lib/settings/queries';
import { effectiveValue } from '#lib/settings/settings';
import { wallClockOf, type InstantOfWallClock } from '#lib/time/wall-clock';
import { readTexts, SHOWN_OCCURRENCES } from './create.ts';
import { redefineReminder } from './define.ts';
import { lockReminder, REMINDER_COLUMNS, toReminder, type Reminder } from './queries.ts';
import { nextOccurrences, type Occurrence } from './schedule.ts';
import { readSchedule, type ReadSchedule, type Schedule, type WhenInput } from './when.ts';

/** What a person changes a reminder to. */
export interface ReminderEdit {
  readonly name: string;
  readonly message: string;
  readonly location: string;
  /** Null leaves it as it is. */
  readonly when: (before: Reminder, zone: string) => WhenInput | null;
  /** Null leaves it where it is. */
  readonly channelId: string | null;
  /** What the person saw of it, from {@link versionOf}; null: whatever it is by now. */
  readonly seen: string | null;
}

export interface EditedReminder {
  readonly before: Reminder;
  readonly after: Reminder;
  /** Its next messages, at most three; none while it is paused. */
  readonly next: readonly Occurrence[];
  readonly adjusted: InstantOfWallClock['adjusted'];
  /** What clocks show when it first begins, `HH:MM`. */
  readonly startsAt: string;
}

const VERSION_LENGTH = 12;

/** Names what a person sees of a reminder in order to change it; another one after each edit. */
export function versionOf(reminder: Reminder): string {
  const { name, message, location, channelId } = reminder;
  const seen = [name, message, location, channelId, scheduleOf(reminder)];
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, VERSION_LENGTH);
}

/** A one-off keeps its instant when the guild's zone changes, and has another time of day then. */
function scheduleOf({ callTime, eventTime, days, rrule, recursFrom, recursUntil }: Schedule) {
  return eventTime === null ? [callTime, days, rrule, recursFrom, recursUntil] : [eventTime];
}

/**
 * A reminder that this person may change.
 * @throws UserError when there is none, it is over, or it is somebody else's.
 */
export async function readEditable(
  db: Database,
  guildId: string,
  id: number,
  actor: Actor,
): Promise<Reminder> {
  const row = await db
    .selectFrom('reminders')
    .select(REMINDER_COLUMNS)
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .executeTakeFirst();
  return requireEditable(
    row === undefined ? undefined : toReminder(row),
    id,
    actor,
    'reminders:noSuchReminder',
  );
}

function requireEditable(
  reminder: Reminder | undefined,
  id: number,
  actor: Actor,
  missing: 'reminders:noSuchReminder' | 'reminders:edit.gone',
): Reminder {
  // What goes to one member alone is there for nobody else.
  const isHidden = reminder !== undefined && ![null, actor.userId].includes(reminder.recipientId);
  if (reminder === undefined || isHidden) throw new UserError(missing, { id });
  if (!mayManage(actor, reminder.createdBy)) throw new UserError('reminders:edit.notYours');
  return reminder;
}

/**
 * Changes a reminder with all that follows from it. A new time gives new messages in place of those that wait; what went out
 * is not sent again, and a paused reminder stays paused.
 * @throws UserError naming what cannot be used, or that it was changed, deleted or sent meanwhile.
 */
export async function editReminder(
  db: Database,
  guildId: string,
  id: number,
  actor: Actor,
  edit: ReminderEdit,
  now: Date,
): Promise<EditedReminder> {
  return inTransaction(db, async (trx) => {
    const zone = effectiveValue(await holdSettings(trx, guildId), 'system.timezone');
    const before = requireEditable(await lockReminder(trx, guildId, id), id, actor, 'reminders:edit.gone');
    if (edit.seen !== null && versionOf(before) !== edit.seen)
      throw new UserError('reminders:edit.changed', { id });
    const texts = readTexts(edit);
    const when = edit.when(before, zone);
    const read = when === null ? null : readSchedule(when, zone, now);
    const isMoved =
      read !== null && JSON.stringify(scheduleOf(read.schedule)) !== JSON.stringify(scheduleOf(before));
    const after: Reminder = {
      ...before,
      ...texts,
      ...(isMoved && read.schedule),
      channelId: edit.channelId ?? before.channelId,
    };
    await redefineReminder(trx, after, { isMoved, zone, now });
    const next = after.pausedAt === null ? nextOccurrences(after, zone, now, SHOWN_OCCURRENCES) : [];
    return { before, after, next, ...clockNote(isMoved ? read : null, zone) };
  });
}

function clockNote(read: ReadSchedule | null, zone: string): Pick<EditedReminder, 'adjusted' | 'startsAt'> {
  if (read === null) return { adjusted: 'none', startsAt: '' };
  return { adjusted: read.adjusted, startsAt: wallClockOf(read.eventAt, zone).time };
}
