import type { Transaction } from 'kysely';
import { DateTime } from 'luxon';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { plainText, safeEmbedText } from '#lib/text/sanitize';
import { holdSettings } from '#lib/settings/queries';
import { effectiveValue } from '#lib/settings/settings';
import { parseDateString, parseDaysString, parseTimeString } from '#lib/time/parse';
import { dateIn, wallClockOf } from '#lib/time/wall-clock';
import { countActive, insertOccurrences, insertReminder, type Reminder } from './queries.ts';
import {
  firstEventAt,
  firstOccurrences,
  nextOccurrences,
  sendTimeOf,
  type EnteredRecurrence,
  type FirstEvent,
  type Occurrence,
} from './schedule.ts';

/** The table's own limits, so that a person reads a sentence instead. */
export const NAME_MAX = 100;
export const MESSAGE_MAX = 2000;
export const LOCATION_MAX = 200;

/** What one member may have waiting at once; an admin's number is not limited. */
export const ACTIVE_PER_MEMBER = 50;

/** Farther ahead is a slip of the finger. */
const YEARS_AHEAD_MAX = 10;

const NOT_ANNOUNCED = { offsetMinutes: 0, preAlerts: [] } as const;

/** How many of the coming messages are told to the person who adds a reminder. */
const SHOWN_OCCURRENCES = 3;

/** A reminder as a person typed it. */
export interface ReminderInput {
  readonly name: string;
  readonly time: string;
  readonly date: string | null;
  readonly days: string | null;
  readonly message: string | null;
  readonly location: string | null;
  /** What comes back otherwise than by days every week for ever, as it was read; without `days` then. */
  readonly recurrence?: EnteredRecurrence;
}

/** Where and by whom it is made. */
export interface ReminderContext {
  readonly guildId: string;
  readonly channelId: string;
  readonly createdBy: string;
  /** The member whom it goes to by direct message; otherwise it goes to the channel. */
  readonly recipientId?: string | null;
  readonly isAdmin: boolean;
  readonly mentionEveryone: boolean;
  readonly now: Date;
}

/** The settings of the guild that decide when it is sent. */
export interface ReminderSettings {
  /** IANA name. */
  readonly zone: string;
  readonly offsetMinutes: number;
  readonly preAlerts: readonly number[];
}

export interface CreatedReminder {
  readonly reminder: Reminder;
  /** Its next messages, at most three. */
  readonly next: readonly Occurrence[];
  /** Whether daylight saving time skips or repeats the time that was typed. */
  readonly adjusted: 'none' | 'gap' | 'overlap';
  /** What clocks show when it first begins, `HH:MM`; not the time that was typed where the clocks skip that. */
  readonly startsAt: string;
}

/** Something that is neither white space nor an invisible character. */
const VISIBLE = /[^\s\p{Cf}\p{Cc}\p{Mn}\u115F\u1160\u3164\uFFA0\u2800]/u;

function requireLength(
  text: string,
  max: number,
  sentence: 'reminders:tooLong.name' | 'reminders:tooLong.message' | 'reminders:tooLong.location',
): string {
  if (text.length > max) throw new UserError(sentence, { max, length: text.length });
  return text;
}

function readTexts(input: ReminderInput): { name: string; message: string; location: string | null } {
  const name = plainText(input.name).replaceAll(/\s+/g, ' ').trim();
  if (!VISIBLE.test(name)) throw new UserError('reminders:nameMissing');
  const location = plainText(input.location ?? '').trim();
  return {
    name: requireLength(name, NAME_MAX, 'reminders:tooLong.name'),
    message: requireLength(plainText(input.message ?? '').trim(), MESSAGE_MAX, 'reminders:tooLong.message'),
    location: location === '' ? null : requireLength(location, LOCATION_MAX, 'reminders:tooLong.location'),
  };
}

function readDays(text: string | null): readonly number[] {
  if (text === null || text.trim() === '') return [];
  const parsed = parseDaysString(text);
  if (!parsed.ok)
    throw new UserError('reminders:unknownDays', {
      // Where no part is wrong, there is only filling around nothing.
      unknown: safeEmbedText(parsed.unknown.join(', ') || text.trim(), 100),
    });
  return parsed.days;
}

function readFirstEvent(
  input: ReminderInput,
  days: readonly number[],
  zone: string,
  now: Date,
): FirstEvent & { ok: true; callTime: string } {
  const callTime = parseTimeString(input.time);
  if (callTime === null)
    throw new UserError('reminders:unknownTime', { input: safeEmbedText(input.time, 50) });
  let date: string | undefined;
  if (input.date !== null && input.date.trim() !== '') {
    const parsed = parseDateString(input.date, { today: dateIn(zone, now) });
    if (parsed === null)
      throw new UserError('reminders:unknownDate', { input: safeEmbedText(input.date, 50) });
    date = parsed;
  }
  const { recurrence } = input;
  const first = firstEventAt({ time: callTime, date, days, recurrence }, zone, now);
  if (!first.ok) {
    const { date: today, time } = wallClockOf(now, zone);
    if (first.reason === 'date-and-days') throw new UserError('reminders:dateAndDays');
    if (first.reason === 'never')
      throw new UserError('reminders:never', { until: recurrence?.recursUntil ?? '' });
    throw new UserError('reminders:past', { zone, now: `${today} ${time}` });
  }
  const latest = DateTime.fromJSDate(now).plus({ years: YEARS_AHEAD_MAX }).toJSDate();
  if (first.eventAt > latest) throw new UserError('reminders:tooFar', { years: YEARS_AHEAD_MAX });
  return { ...first, callTime };
}

/**
 * Checks what a person typed and stores the reminder together with its first messages.
 * @throws UserError naming the part that cannot be used, and what would be.
 */
export async function createReminder(
  db: Database,
  input: ReminderInput,
  context: ReminderContext,
): Promise<CreatedReminder> {
  return db.transaction().execute(async (trx) => {
    // Held, so that a change of them either comes before or finds the new reminder.
    const overrides = await holdSettings(trx, context.guildId);
    return storeReminder(trx, input, context, {
      zone: effectiveValue(overrides, 'system.timezone'),
      offsetMinutes: effectiveValue(overrides, 'reminders.offset_minutes'),
      preAlerts: effectiveValue(overrides, 'reminders.pre_alerts'),
    });
  });
}

/** {@link createReminder} within a transaction, under settings that the caller knows. */
export async function storeReminder(
  trx: Transaction<DB>,
  input: ReminderInput,
  context: ReminderContext,
  settings: ReminderSettings,
): Promise<CreatedReminder> {
  const { guildId, channelId, createdBy, recipientId = null, mentionEveryone, now } = context;
  const { zone } = settings;
  // What a member wants to hear alone comes when it is time, whatever the guild announces.
  const { offsetMinutes, preAlerts } = recipientId === null ? settings : NOT_ANNOUNCED;
  const texts = readTexts(input);
  const days = readDays(input.days);
  const first = readFirstEvent(input, days, zone, now);
  if (!context.isAdmin && (await countActive(trx, guildId, createdBy)) >= ACTIVE_PER_MEMBER)
    throw new UserError('reminders:tooMany', { max: ACTIVE_PER_MEMBER });
  const reminder = await insertReminder(trx, {
    ...texts,
    guildId,
    channelId,
    createdBy,
    mentionEveryone,
    callTime: first.callTime,
    sendTime: sendTimeOf(first.callTime, offsetMinutes),
    days: input.recurrence?.days ?? days,
    eventTime: first.recurring ? null : first.eventAt,
    rrule: input.recurrence?.rrule ?? null,
    recursFrom: input.recurrence?.recursFrom ?? null,
    recursUntil: input.recurrence?.recursUntil ?? null,
    offsetMinutes,
    preAlerts,
    recipientId,
    source: 'command',
    originChannelId: null,
    originMessageId: null,
  });
  const next = nextOccurrences(reminder, zone, now, SHOWN_OCCURRENCES);
  // A one-off owes all of its messages from the start, a recurring reminder the next of each announcement.
  await insertOccurrences(trx, reminder, firstOccurrences(reminder, zone, now));
  return { reminder, next, adjusted: first.adjusted, startsAt: wallClockOf(first.eventAt, zone).time };
}
