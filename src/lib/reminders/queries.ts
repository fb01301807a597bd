import { sql, type ExpressionBuilder, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import type { Occurrence, ReminderDefinition } from './schedule.ts';

/** A reminder as it is stored. Times of day are `HH:MM` in the guild's zone, days 0 Monday to 6 Sunday. */
export interface Reminder extends ReminderDefinition {
  readonly guildId: string;
  readonly name: string;
  readonly channelId: string;
  readonly message: string;
  readonly location: string | null;
  readonly createdBy: string;
  readonly mentionEveryone: boolean;
  /** The member whom it goes to by direct message; null when it goes to its channel. */
  readonly recipientId: string | null;
  /** Since when nothing of it is sent. */
  readonly pausedAt: Date | null;
  readonly source: ReminderSource;
  /** The message that it was made from, and that one's channel. */
  readonly originChannelId: string | null;
  readonly originMessageId: string | null;
}

/** What made a reminder: somebody with a command, an announcement that was read, or somebody who wants one again later. */
export type ReminderSource = 'command' | 'announcement' | 'snooze';

export type NewReminder = Omit<Reminder, 'id' | 'pausedAt'> & {
  /** `HH:MM`, the event's time of day less the offset. */
  readonly sendTime: string;
};

/** Of the table `reminders`, for {@link toReminder}. */
export const REMINDER_COLUMNS = [
  'reminders.id',
  'reminders.guild_id',
  'reminders.name',
  'reminders.channel_id',
  'reminders.call_time',
  'reminders.days',
  'reminders.message',
  'reminders.created_by',
  'reminders.event_time',
  'reminders.location',
  'reminders.mention_everyone',
  'reminders.offset_minutes',
  'reminders.rrule',
  'reminders.recurs_from',
  'reminders.recurs_until',
  'reminders.pre_alerts',
  'reminders.recipient_id',
  'reminders.paused_at',
  'reminders.source',
  'reminders.origin_channel_id',
  'reminders.origin_message_id',
] as const;

interface ReminderRow {
  id: number;
  guild_id: string;
  name: string;
  channel_id: string;
  call_time: string;
  days: string[];
  message: string;
  created_by: string;
  event_time: Date | null;
  location: string | null;
  mention_everyone: boolean;
  offset_minutes: number;
  rrule: string | null;
  recurs_from: string | null;
  recurs_until: string | null;
  pre_alerts: number[];
  recipient_id: string | null;
  paused_at: Date | null;
  source: string;
  origin_channel_id: string | null;
  origin_message_id: string | null;
}

/** One database row as the rest of the code knows it. */
export function toReminder(row: ReminderRow): Reminder {
  return {
    id: row.id,
    guildId: row.guild_id,
    name: row.name,
    channelId: row.channel_id,
    // PostgreSQL gives a time of day with its seconds.
    callTime: row.call_time.slice(0, 5),
    days: row.days.map(Number).sort((a, b) => a - b),
    message: row.message,
    createdBy: row.created_by,
    eventTime: row.event_time,
    location: row.location,
    mentionEveryone: row.mention_everyone,
    offsetMinutes: row.offset_minutes,
    rrule: row.rrule,
    recursFrom: row.recurs_from,
    recursUntil: row.recurs_until,
    preAlerts: row.pre_alerts,
    recipientId: row.recipient_id,
    pausedAt: row.paused_at,
    source: row.source as ReminderSource,
    originChannelId: row.origin_channel_id,
    originMessageId: row.origin_message_id,
  };
}

/** Writes a reminder and returns it with its id. */
export async function insertReminder(trx: Transaction<DB>, reminder: NewReminder): Promise<Reminder> {
  const row = await trx
    .insertInto('reminders')
    .values({
      guild_id: reminder.guildId,
      name: reminder.name,
      channel_id: reminder.channelId,
      time: reminder.sendTime,
      call_time: reminder.callTime,
      days: reminder.days.map(String),
      message: reminder.message,
      created_by: reminder.createdBy,
      event_time: reminder.eventTime,
      location: reminder.location,
      mention_everyone: reminder.mentionEveryone,
      offset_minutes: reminder.offsetMinutes,
      rrule: reminder.rrule,
      recurs_from: reminder.recursFrom,
      recurs_until: reminder.recursUntil,
      pre_alerts: [...reminder.preAlerts],
      recipient_id: reminder.recipientId,
      source: reminder.source,
      origin_channel_id: reminder.originChannelId,
      origin_message_id: reminder.originMessageId,
    })
    .returning(REMINDER_COLUMNS)
    .executeTakeFirstOrThrow();
  return toReminder(row);
}

/**
 * Writes what a reminder owes next. One that exists already, sent or not, is left as it is: the table's unique key is what
 * keeps an occurrence from being sent twice.
 */
export async function insertOccurrences(
  trx: Transaction<DB>,
  reminder: Reminder,
  occurrences: readonly Occurrence[],
): Promise<void> {
  if (occurrences.length === 0) return;
  await trx
    .insertInto('reminder_occurrences')
    .values(
      occurrences.map((occurrence) => ({
        reminder_id: reminder.id,
        guild_id: reminder.guildId,
        kind: occurrence.kind,
        due_at: occurrence.dueAt,
        event_at: occurrence.eventAt,
        offset_minutes: occurrence.offsetMinutes,
        next_attempt_at: occurrence.dueAt,
        nonce: newNonce(),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Discord takes 25 characters. Chosen once a row, so that every attempt to send it carries the same. */
function newNonce(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 25);
}

/** How many reminders a member has that are not finished; another count of theirs waits until the transaction ends. */
export async function countActive(db: Transaction<DB>, guildId: string, createdBy: string): Promise<number> {
  await lockName(db, `reminders:${guildId}:${createdBy}`);
  const row = await db
    .selectFrom('reminders')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('guild_id', '=', guildId)
    .where('created_by', '=', createdBy)
    .where('finished_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** A reminder with the instant of its next message, or null when none is left to send. */
export type ListedReminder = Reminder & { readonly nextDueAt: Date | null };

export interface ListFilter {
  /** Who reads it: what goes to one member alone is for them and its maker. */
  readonly readerId: string;
  /** Only what this member made or what goes to this channel; everything when omitted. */
  readonly visibleTo?: { readonly userId: string; readonly channelId: string };
  readonly limit: number;
}

/** Of a reminder, the instant of its next message; null when none is left to send. */
export const nextDueAt = (eb: ExpressionBuilder<DB, 'reminders'>) =>
  eb
    .selectFrom('reminder_occurrences')
    .select((inner) => inner.fn.min('due_at').as('due'))
    .whereRef('reminder_id', '=', 'reminders.id')
    .where('state', 'in', ['pending', 'sending'])
    .as('next_due_at');
/** Those due next come first. */
export const byNextDue = sql`next_due_at asc nulls last`;

/** What goes to one member alone is for nobody else to read. */
export const isReadableBy = (userId: string) => (eb: ExpressionBuilder<DB, 'reminders'>) =>
  eb.or([
    eb('reminders.recipient_id', 'is', null),
    eb('reminders.recipient_id', '=', userId),
    eb('reminders.created_by', '=', userId),
  ]);

/** The reminders of a guild that are not finished, those due next first. */
export async function listReminders(
  db: Database,
  guildId: string,
  filter: ListFilter,
): Promise<ListedReminder[]> {
  let query = db
    .selectFrom('reminders')
    .select(REMINDER_COLUMNS)
    .select(nextDueAt)
    .where('reminders.guild_id', '=', guildId)
    .where('finished_at', 'is', null)
    .where(isReadableBy(filter.readerId))
    .orderBy(byNextDue)
    .orderBy('reminders.id')
    .limit(filter.limit);
  if (filter.visibleTo !== undefined) {
    const { userId, channelId } = filter.visibleTo;
    query = query.where((eb) => eb.or([eb('created_by', '=', userId), eb('channel_id', '=', channelId)]));
  }
  const rows = await query.execute();
  return rows.map((row) => ({ ...toReminder(row), nextDueAt: row.next_due_at }));
}

/** A reminder of this guild, finished or not. */
export async function readReminder(
  db: Database | Transaction<DB>,
  guildId: string,
  id: number,
): Promise<Reminder | undefined> {
  const row = await db
    .selectFrom('reminders')
    .select(REMINDER_COLUMNS)
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : toReminder(row);
}

/** A reminder of this guild that is not finished; locked until the transaction ends. */
export async function lockReminder(
  trx: Transaction<DB>,
  guildId: string,
  id: number,
): Promise<Reminder | undefined> {
  const row = await trx
    .selectFrom('reminders')
    .select(REMINDER_COLUMNS)
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : toReminder(row);
}

/** Removes a reminder and all it still owes. */
export async function deleteReminderRow(trx: Transaction<DB>, guildId: string, id: number): Promise<void> {
  await trx.deleteFrom('reminders').where('guild_id', '=', guildId).where('id', '=', id).execute();
}
