import { DateTime } from 'luxon';
import { UserError } from '#lib/errors/user-error';
import { safeEmbedText } from '#lib/text/sanitize';
import { parseDateString, parseDaysString, parseTimeString } from '#lib/time/parse';
import { readWhen, type When } from '#lib/time/read-when';
import { parseRule } from '#lib/time/recurrence';
import { dateIn, wallClockOf, type InstantOfWallClock } from '#lib/time/wall-clock';
import {
  firstEventAt,
  nextEventAt,
  type EnteredRecurrence,
  type FirstEvent,
  type ReminderDefinition,
} from './schedule.ts';

/** Longest text for when something happens. */
export const WHEN_MAX = 100;
/** Farther ahead is a slip of the finger. */
const YEARS_AHEAD_MAX = 10;

/** When something happens, as a person typed it: a time of day and perhaps a date or days, or all of it in `time`. */
export interface WhenInput {
  readonly time: string;
  readonly date: string | null;
  readonly days: string | null;
  /** What comes back otherwise than by days every week for ever, as it was read; without `days` then. */
  readonly recurrence?: EnteredRecurrence;
  /** The instant itself, to the minute, where it is known; then nothing else counts. */
  readonly at?: Date;
}

/** What decides when something happens, as it is stored. */
export type Schedule = Pick<
  ReminderDefinition,
  'callTime' | 'eventTime' | 'days' | 'rrule' | 'recursFrom' | 'recursUntil'
>;

export interface ReadSchedule {
  readonly schedule: Schedule;
  /** The first time that it happens. */
  readonly eventAt: Date;
  /** Whether daylight saving time skips or repeats the time that was typed. */
  readonly adjusted: InstantOfWallClock['adjusted'];
}

/** One text for when something happens. */
export const inWords = (text: string): WhenInput => ({ time: text, date: null, days: null });

/** An instant for when something happens, once. */
export const atInstant = (at: Date): WhenInput => ({ time: '', date: null, days: null, at });

/**
 * Reads when something happens, in the guild's zone. A time of day alone is the next such time; words say also which day, or
 * how it comes back.
 * @throws UserError naming the part that cannot be used, and what would be.
 */
export function readSchedule(input: WhenInput, zone: string, now: Date): ReadSchedule {
  const { at } = input;
  const isTimeAlone = isEmpty(input.date) && isEmpty(input.days) && input.recurrence === undefined;
  const read =
    at !== undefined
      ? readInstant(at, zone, now)
      : isTimeAlone && parseTimeString(input.time) === null
        ? readWords(input.time, zone, now)
        : readParts(input, zone, now);
  requireNear(read.eventAt, now);
  return read;
}

function requireNear(eventAt: Date, now: Date): void {
  const latest = DateTime.fromJSDate(now).plus({ years: YEARS_AHEAD_MAX }).toJSDate();
  if (eventAt > latest) throw new UserError('reminders:tooFar', { years: YEARS_AHEAD_MAX });
}

/**
 * The one moment that words name, in the guild's zone.
 * @throws UserError when they name none, or one that comes back.
 */
export function readOnce(text: string, zone: string, now: Date): Date {
  const { schedule, eventAt } = readSchedule(inWords(text), zone, now);
  if (schedule.eventTime === null) throw new UserError('reminders:when.once', { input: quoted(text) });
  return eventAt;
}

function readInstant(at: Date, zone: string, now: Date): ReadSchedule {
  const eventAt = new Date(at);
  eventAt.setUTCSeconds(0, 0);
  if (eventAt <= now) throw pastRefusal(zone, now);
  // Before its time of day is asked for: of the last years that a date can hold there is none.
  requireNear(eventAt, now);
  return { schedule: onceAt(eventAt, zone), eventAt, adjusted: 'none' };
}

function onceAt(eventAt: Date, zone: string): Schedule {
  const { time: callTime } = wallClockOf(eventAt, zone);
  return { callTime, eventTime: eventAt, days: [], rrule: null, recursFrom: null, recursUntil: null };
}

function isEmpty(text: string | null): boolean {
  return text === null || text.trim() === '';
}

function readWords(text: string, zone: string, now: Date): ReadSchedule {
  const when = readWhen(text, { now, zone });
  if (!when.ok) throw refusalOf(when, text, zone, now);
  const { adjusted } = when;
  if (when.kind === 'one-off') {
    const { eventAt } = when;
    return { schedule: onceAt(eventAt, zone), eventAt, adjusted };
  }
  // Nothing that would be stored may be something that cannot be read again.
  if (when.rrule !== null && parseRule(when.rrule) === null)
    throw new UserError('reminders:when.unknown', { input: quoted(text) });
  const schedule: Schedule = {
    callTime: when.time,
    eventTime: null,
    days: when.days,
    rrule: when.rrule,
    // The intervals of a rule count from the first time that it happens.
    recursFrom: when.rrule === null ? when.from : wallClockOf(when.eventAt, zone).date,
    recursUntil: when.until,
  };
  const eventAt = nextEventAt({ ...schedule, id: 0, offsetMinutes: 0, preAlerts: [] }, zone, now);
  if (eventAt === null) throw new UserError('reminders:never', { until: when.until ?? '' });
  return { schedule, eventAt, adjusted };
}

const quoted = (text: string): string => safeEmbedText(text.trim(), 50);

function refusalOf(
  { reason }: Extract<When, { ok: false }>,
  text: string,
  zone: string,
  now: Date,
): UserError {
  switch (reason) {
    case 'unknown':
      return new UserError('reminders:when.unknown', { input: quoted(text) });
    case 'no-time':
      return new UserError('reminders:when.noTime', { input: quoted(text) });
    case 'past':
      return pastRefusal(zone, now);
    case 'disagree':
      return new UserError('reminders:when.disagree', { input: quoted(text) });
    case 'impossible':
      return new UserError('reminders:when.impossible', { input: quoted(text) });
  }
}

function pastRefusal(zone: string, now: Date): UserError {
  const { date, time } = wallClockOf(now, zone);
  return new UserError('reminders:past', { zone, now: `${date} ${time}` });
}

function readParts(input: WhenInput, zone: string, now: Date): ReadSchedule {
  const { recurrence } = input;
  const days = readDays(input.days);
  const callTime = parseTimeString(input.time);
  if (callTime === null)
    throw new UserError('reminders:unknownTime', { input: safeEmbedText(input.time, 50) });
  const first = firstEventAt(
    { time: callTime, date: readDate(input.date, zone, now), days, recurrence },
    zone,
    now,
  );
  if (!first.ok) throw partsRefusal(first.reason, recurrence, zone, now);
  const { eventAt, adjusted } = first;
  const dates = recurrence ?? { days, rrule: null, recursFrom: null, recursUntil: null };
  return {
    schedule: { ...dates, callTime, eventTime: first.recurring ? null : eventAt },
    eventAt,
    adjusted,
  };
}

function partsRefusal(
  reason: Extract<FirstEvent, { ok: false }>['reason'],
  recurrence: EnteredRecurrence | undefined,
  zone: string,
  now: Date,
): UserError {
  switch (reason) {
    case 'date-and-days':
      return new UserError('reminders:dateAndDays');
    case 'never':
      return new UserError('reminders:never', { until: recurrence?.recursUntil ?? '' });
    case 'past':
      return pastRefusal(zone, now);
  }
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

function readDate(text: string | null, zone: string, now: Date): string | undefined {
  if (text === null || text.trim() === '') return undefined;
  const date = parseDateString(text, { today: dateIn(zone, now) });
  if (date === null) throw new UserError('reminders:unknownDate', { input: safeEmbedText(text, 50) });
  return date;
}
