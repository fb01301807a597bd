import { addDays, minutesOfDay, WEEKDAYS } from '../time/calendar.ts';
import { instantOf, wallClockOf, type InstantOfWallClock } from '../time/wall-clock.ts';

const MINUTE_MS = 60_000;
const MINUTES_PER_DAY = 1440;
const DAYS_PER_WEEK = 7;

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

/**
 * The first event strictly after `after`; null when there is none any more.
 *
 * A recurring event is a wall-clock time of the zone; where daylight saving time skips or repeats it, {@link instantOf} decides.
 * @param zone IANA name.
 * @throws RangeError when the zone or the call time does not exist.
 */
export function nextEventAt(definition: ReminderDefinition, zone: string, after: Date): Date | null {
  if (definition.days.length === 0) {
    const { eventTime } = definition;
    return eventTime !== null && eventTime > after ? eventTime : null;
  }
  return nextOnDays(definition.callTime, definition.days, zone, after)?.instant ?? null;
}

/**
 * The messages of one event: a one-off is announced at T − offset and again when it begins, a recurring one is announced once,
 * at T − offset. Without an offset both are one message at the event itself. The offset is elapsed time: 1440 minutes is 24
 * hours, also on the night when the clocks change.
 */
export function occurrencesOf(definition: ReminderDefinition, eventAt: Date): Occurrence[] {
  const { offsetMinutes } = definition;
  const event: Occurrence = { kind: 'event', eventAt, dueAt: eventAt, offsetMinutes: 0 };
  if (offsetMinutes === 0) return [event];
  const dueAt = new Date(eventAt.getTime() - offsetMinutes * MINUTE_MS);
  const advance: Occurrence = { kind: 'advance', eventAt, dueAt, offsetMinutes };
  return definition.days.length === 0 ? [advance, event] : [advance];
}

/**
 * The next `count` messages due strictly after `after`, in the order in which they are due. What was due before is left out:
 * a one-off whose announcement is past has only its event.
 * @throws RangeError when the zone or the call time does not exist.
 */
export function nextOccurrences(
  definition: ReminderDefinition,
  zone: string,
  after: Date,
  count: number,
): Occurrence[] {
  if (definition.days.length === 0) {
    if (definition.eventTime === null) return [];
    return occurrencesOf(definition, definition.eventTime)
      .filter((occurrence) => occurrence.dueAt > after)
      .slice(0, count);
  }

  // Each event is due the same elapsed time before it, so searching from `after` plus that time finds exactly those due after it.
  let cursor = new Date(after.getTime() + definition.offsetMinutes * MINUTE_MS);
  const found: Occurrence[] = [];
  while (found.length < count) {
    const eventAt = nextEventAt(definition, zone, cursor);
    if (eventAt === null) break;
    found.push(...occurrencesOf(definition, eventAt));
    cursor = eventAt;
  }
  return found;
}

/**
 * The newest event of a recurring reminder whose message is due by `now`; null when none of the past week is.
 * @throws RangeError when the zone or the call time does not exist.
 */
export function latestDueEvent(definition: ReminderDefinition, zone: string, now: Date): Date | null {
  const last = new Date(now.getTime() + definition.offsetMinutes * MINUTE_MS);
  let cursor = new Date(last.getTime() - (DAYS_PER_WEEK + 1) * MINUTES_PER_DAY * MINUTE_MS);
  let latest: Date | null = null;
  for (;;) {
    const eventAt = nextEventAt(definition, zone, cursor);
    if (eventAt === null || eventAt > last) return latest;
    latest = eventAt;
    cursor = eventAt;
  }
}

/** When a new reminder begins, or why it cannot. `adjusted` says that daylight saving time skips or repeats that time. */
export type FirstEvent =
  | { ok: true; recurring: boolean; eventAt: Date; adjusted: InstantOfWallClock['adjusted'] }
  | { ok: false; reason: 'past' | 'date-and-days' };

/**
 * The first event of a reminder as a person entered it. Days make it recurring; a date makes it a one-off on that date;
 * neither makes it a one-off at the next occurrence of that time.
 * @param entered `time` as `HH:MM`, `date` as `YYYY-MM-DD`, `days` as 0 Monday to 6 Sunday; empty days count as none.
 * @returns 'past' for a moment that is not ahead of `now`, 'date-and-days' when both were given.
 * @throws RangeError when the time, the date, a day or the zone does not exist.
 */
export function firstEventAt(
  entered: { time: string; date?: string | undefined; days?: readonly number[] | undefined },
  zone: string,
  now: Date,
): FirstEvent {
  const { time, date, days = [] } = entered;
  if (date !== undefined && days.length > 0) return { ok: false, reason: 'date-and-days' };

  if (date !== undefined) {
    const { instant, adjusted } = instantOf({ date, time }, zone);
    if (instant <= now) return { ok: false, reason: 'past' };
    return { ok: true, recurring: false, eventAt: instant, adjusted };
  }

  const recurring = days.length > 0;
  const next = nextOnDays(time, recurring ? days : WEEKDAYS, zone, now);
  if (next === null) throw new RangeError(`not days of the week: ${days.join(', ')}`);
  return { ok: true, recurring, eventAt: next.instant, adjusted: next.adjusted };
}

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

function nextOnDays(
  time: string,
  days: readonly number[],
  zone: string,
  after: Date,
): InstantOfWallClock | null {
  const local = wallClockOf(after, zone);
  // From the day before: clocks that jump over midnight push its event past `after`.
  for (let ahead = -1; ahead <= DAYS_PER_WEEK; ahead += 1) {
    const weekday = (local.weekday + ahead + DAYS_PER_WEEK) % DAYS_PER_WEEK;
    if (!days.includes(weekday)) continue;
    const event = instantOf({ date: addDays(local.date, ahead), time }, zone);
    if (event.instant > after) return event;
  }
  return null;
}
