import { addDays, minutesOfDay, weekdayOf, WEEKDAYS } from '../time/calendar.ts';
import { nextRuleDate, parseRule } from '../time/recurrence.ts';
import { instantOf, wallClockOf, type InstantOfWallClock } from '../time/wall-clock.ts';

const MINUTE_MS = 60_000;
const MINUTES_PER_DAY = 1440;
const DAYS_PER_WEEK = 7;

/** How far back the newest event is looked for, in days: first where a weekly one is, then for as long as nothing is found. */
const LOOKED_BACK_DAYS = [DAYS_PER_WEEK + 1, 64, 512, 4096, 40_000] as const;

/** What decides when a reminder fires. */
export interface ReminderDefinition {
  id: number;
  /** The event of a one-off reminder; null for a recurring one. */
  eventTime: Date | null;
  /** Wall-clock time of the event, `HH:MM`. */
  callTime: string;
  /** Days of the week of the event, 0 Monday to 6 Sunday; empty for a one-off, and for what recurs by a rule. */
  days: readonly number[];
  /** What days cannot say: a rule of RFC 5545 without DTSTART and UNTIL. */
  rrule: string | null;
  /** The first date of a recurring event, `YYYY-MM-DD`, from which the intervals of its rule count. */
  recursFrom: string | null;
  /** The last date; null: for ever. */
  recursUntil: string | null;
  /** How long before the event it is announced. */
  offsetMinutes: number;
  /** Minutes before the event of further announcements. */
  preAlerts: readonly number[];
}

/** One message that a reminder owes. */
export interface Occurrence {
  /** 'advance' announces the event, 'event' is sent when it begins. */
  kind: 'advance' | 'event';
  eventAt: Date;
  dueAt: Date;
  offsetMinutes: number;
}

/** Whether it comes back, by days or by a rule. */
export function isRecurring(definition: Pick<ReminderDefinition, 'eventTime'>): boolean {
  return definition.eventTime === null;
}

/** How long before the event it is announced, in minutes, each once and the longest first; 0 is the event itself. */
export function offsetsOf({
  offsetMinutes,
  preAlerts,
}: Pick<ReminderDefinition, 'offsetMinutes' | 'preAlerts'>): number[] {
  return [...new Set([offsetMinutes, ...preAlerts])].sort((a, b) => b - a);
}

/**
 * The first event strictly after `after`; null when there is none any more.
 *
 * A recurring event is a wall-clock time of the zone; where daylight saving time skips or repeats it, {@link instantOf} decides.
 * @param zone IANA name.
 * @throws RangeError when the zone or the call time does not exist.
 */
export function nextEventAt(definition: ReminderDefinition, zone: string, after: Date): Date | null {
  const { eventTime } = definition;
  if (eventTime !== null) return eventTime > after ? eventTime : null;
  return nextRecurringEvent(definition, zone, after)?.instant ?? null;
}

/**
 * The messages of one event, in the order in which they are due: a one-off is announced at T − each offset and again when it
 * begins, a recurring one is only announced. Without an offset both are one message at the event itself. The offset is elapsed
 * time: 1440 minutes is 24 hours, also on the night when the clocks change.
 */
export function occurrencesOf(definition: ReminderDefinition, eventAt: Date): Occurrence[] {
  const offsets = offsetsOf(definition);
  if (!isRecurring(definition) && !offsets.includes(0)) offsets.push(0);
  return offsets.map((offsetMinutes) => occurrenceAt(eventAt, offsetMinutes));
}

/** The message that is due so long before an event. */
export function occurrenceAt(eventAt: Date, offsetMinutes: number): Occurrence {
  const dueAt = new Date(eventAt.getTime() - offsetMinutes * MINUTE_MS);
  return { kind: offsetMinutes === 0 ? 'event' : 'advance', eventAt, dueAt, offsetMinutes };
}

/**
 * The first message of each announcement that is due strictly after `after`: what a recurring reminder owes at a time, and all that
 * a one-off does. What was due before is left out: a one-off whose announcement is past has only its event.
 * @throws RangeError when the zone or the call time does not exist.
 */
export function firstOccurrences(definition: ReminderDefinition, zone: string, after: Date): Occurrence[] {
  const { eventTime } = definition;
  if (eventTime !== null)
    return occurrencesOf(definition, eventTime).filter((occurrence) => occurrence.dueAt > after);
  return offsetsOf(definition).flatMap((offset) => {
    const next = nextAtOffset(definition, zone, after, offset);
    return next === null ? [] : [next];
  });
}

/**
 * The next `count` messages due strictly after `after`, in the order in which they are due.
 * @throws RangeError when the zone or the call time does not exist.
 */
export function nextOccurrences(
  definition: ReminderDefinition,
  zone: string,
  after: Date,
  count: number,
): Occurrence[] {
  const found: Occurrence[] = [];
  for (const first of firstOccurrences(definition, zone, after)) {
    found.push(first);
    if (!isRecurring(definition)) continue;
    let next: Occurrence | null = first;
    for (let more = 1; more < count; more += 1) {
      next = nextAtOffset(definition, zone, next.dueAt, first.offsetMinutes);
      if (next === null) break;
      found.push(next);
    }
  }
  return found.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime()).slice(0, count);
}

/** Each event is due the same elapsed time before it, so searching from `after` plus that time finds the one due after it. */
function nextAtOffset(
  definition: ReminderDefinition,
  zone: string,
  after: Date,
  offsetMinutes: number,
): Occurrence | null {
  const eventAt = nextEventAt(definition, zone, new Date(after.getTime() + offsetMinutes * MINUTE_MS));
  return eventAt === null ? null : occurrenceAt(eventAt, offsetMinutes);
}

/**
 * The newest event of a recurring reminder whose message, so long before it, is due by `now`; null when there was none yet.
 * @throws RangeError when the zone or the call time does not exist.
 */
export function latestDueEvent(
  definition: ReminderDefinition,
  zone: string,
  now: Date,
  offsetMinutes: number,
): Date | null {
  const last = new Date(now.getTime() + offsetMinutes * MINUTE_MS);
  for (const days of LOOKED_BACK_DAYS) {
    let latest: Date | null = null;
    let eventAt = nextEventAt(
      definition,
      zone,
      new Date(last.getTime() - days * MINUTES_PER_DAY * MINUTE_MS),
    );
    while (eventAt !== null && eventAt <= last) {
      latest = eventAt;
      eventAt = nextEventAt(definition, zone, eventAt);
    }
    if (latest !== null) return latest;
  }
  return null;
}

/** When a new reminder begins, or why it cannot. `adjusted` says that daylight saving time skips or repeats that time. */
export type FirstEvent =
  | { ok: true; recurring: boolean; eventAt: Date; adjusted: InstantOfWallClock['adjusted'] }
  | { ok: false; reason: 'past' | 'date-and-days' | 'never' };

/** On which dates something recurs, as a person entered it. */
export interface EnteredRecurrence {
  readonly days: readonly number[];
  readonly rrule: string | null;
  readonly recursFrom: string | null;
  readonly recursUntil: string | null;
}

/**
 * The first event of a reminder as a person entered it. Days or a rule make it recurring; a date makes it a one-off on that date;
 * none makes it a one-off at the next occurrence of that time.
 * @param entered `time` as `HH:MM`, `date` as `YYYY-MM-DD`, days as 0 Monday to 6 Sunday; empty days count as none.
 * @returns 'past' for a moment that is not ahead of `now`, 'date-and-days' when both were given, 'never' when none is left before
 *   the last date of what recurs.
 * @throws RangeError when the time, the date, a day or the zone does not exist.
 */
export function firstEventAt(
  entered: {
    time: string;
    date?: string | undefined;
    days?: readonly number[] | undefined;
    recurrence?: EnteredRecurrence | undefined;
  },
  zone: string,
  now: Date,
): FirstEvent {
  const { time, date, days = [], recurrence = EVERY_DAY } = entered;
  const recurring = days.length > 0 || entered.recurrence !== undefined;
  if (date !== undefined && recurring) return { ok: false, reason: 'date-and-days' };

  if (date !== undefined) {
    const { instant, adjusted } = instantOf({ date, time }, zone);
    if (instant <= now) return { ok: false, reason: 'past' };
    return { ok: true, recurring: false, eventAt: instant, adjusted };
  }

  const named = days.find((day) => !WEEKDAYS.some((weekday) => weekday === day));
  if (named !== undefined) throw new RangeError(`not a day of the week: ${named}`);
  const dates = days.length > 0 ? { ...recurrence, days, rrule: null } : recurrence;
  const next = nextRecurringEvent({ ...dates, callTime: time }, zone, now);
  if (next === null) return { ok: false, reason: 'never' };
  return { ok: true, recurring, eventAt: next.instant, adjusted: next.adjusted };
}

const EVERY_DAY: EnteredRecurrence = { days: WEEKDAYS, rrule: null, recursFrom: null, recursUntil: null };

/**
 * The wall-clock time `HH:MM` at which a reminder is usually sent: its call time less the offset. It says nothing about the
 * day, nor about the days on which the clocks change; {@link occurrencesOf} does.
 * @throws RangeError when the call time is not `HH:MM`.
 */
export function sendTimeOf(callTime: string, offsetMinutes: number): string {
  const minutes = minutesOfDay(callTime) - (offsetMinutes % MINUTES_PER_DAY);
  const ofDay = (minutes + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${twoDigits(Math.floor(ofDay / 60))}:${twoDigits(ofDay % 60)}`;
}

function nextRecurringEvent(
  definition: EnteredRecurrence & { readonly callTime: string },
  zone: string,
  after: Date,
): InstantOfWallClock | null {
  // From the day before: clocks that jump over midnight push its event past `after`.
  let date: string | null = addDays(wallClockOf(after, zone).date, -2);
  while ((date = nextDate(definition, date)) !== null) {
    const event = instantOf({ date, time: definition.callTime }, zone);
    if (event.instant > after) return event;
  }
  return null;
}

/** The first date strictly after `after` on which it recurs; null when there is none any more. */
function nextDate({ days, rrule, recursFrom, recursUntil }: EnteredRecurrence, after: string): string | null {
  const earliest = recursFrom !== null && after < recursFrom ? addDays(recursFrom, -1) : after;
  const date =
    rrule === null ? nextOfDays(days, earliest) : nextByRule(rrule, recursFrom ?? earliest, earliest);
  return date === null || (recursUntil !== null && date > recursUntil) ? null : date;
}

function nextOfDays(days: readonly number[], after: string): string | null {
  const weekday = weekdayOf(after);
  // The same day of the week is a week ahead.
  const ahead = WEEKDAYS.filter((day) => days.includes(day)).map(
    (day) => ((day - weekday + DAYS_PER_WEEK - 1) % DAYS_PER_WEEK) + 1,
  );
  return ahead.length === 0 ? null : addDays(after, Math.min(...ahead));
}

function nextByRule(rrule: string, from: string, after: string): string | null {
  const rule = parseRule(rrule);
  if (rule === null) throw new RangeError(`not a rule: ${rrule}`);
  return nextRuleDate(rule, from, after);
}
