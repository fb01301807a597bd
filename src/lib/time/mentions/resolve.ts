import { addDays, calendarDate, weekdayOf, type Weekday } from '../calendar.ts';
import { instantOf, wallClockOf } from '../wall-clock.ts';
import type { ClockMention, ClosedRecurrence, DayReference } from './mention.ts';
import type { PartOfDay } from './vocabulary.ts';

/** A time of day that was decided on. */
export interface DecidedTime {
  /** `HH:MM`. */
  readonly time: string;
  /** Days to add: midnight ends the day that was named. */
  readonly daysLater: number;
  /** Whether the half of the day was guessed. */
  readonly isGuess: boolean;
}

/** For the last day of something. */
export const END_OF_DAY: DecidedTime = { time: '23:59', daysLater: 0, isGuess: false };

const LATEST_GUESSED_HOUR = 8;

/** Decides which half of the day a time belongs to; `part` is what the words around it say. */
export function decideTime(clock: ClockMention, part: PartOfDay | undefined): DecidedTime {
  const { hour, minute, half, precision } = clock;
  const said = clock.part ?? part;
  const at = (decided: number, daysLater = 0, isGuess = false): DecidedTime => ({
    time: `${String(decided).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
    daysLater,
    isGuess,
  });
  if (half === 'midnight') return at(0, 1);
  if (half !== undefined) return at((hour % 12) + (half === 'pm' ? 12 : 0));
  if (hour > 12 || (hour === 0 && precision !== 'spoken')) return at(hour);
  if (said === 'morning') return at(hour);
  if (said === 'afternoon') return at(hour < 12 ? hour + 12 : hour);
  if (said === 'evening' || (said === 'night' && hour >= 8)) {
    if (hour === 12) return at(0, 1);
    // "vanavond om 1 uur" is after midnight.
    return hour < 4 && hour > 0 && precision !== 'spoken' ? at(hour, 1) : at(hour + 12);
  }
  if (said === 'night') return at(hour % 12);
  if (precision === 'exact') return at(hour);
  const isEarly =
    precision === 'spoken' ? hour <= LATEST_GUESSED_HOUR : hour >= 1 && hour <= LATEST_GUESSED_HOUR;
  return isEarly ? at(hour + 12, 0, true) : at(hour, 0, hour < 12);
}

/** An instant with what clocks there show, or why a day and a time give none. */
export type Resolved =
  | {
      readonly ok: true;
      readonly instant: Date;
      readonly date: string;
      readonly isGuess: boolean;
      readonly isAdjusted: 'none' | 'gap' | 'overlap';
    }
  | { readonly ok: false; readonly reason: 'past' | 'disagree' | 'impossible' };

/** A date without a year that fits its weekday this long ago is one that was. */
const JUST_OVER_DAYS = 60;

interface Here {
  readonly now: Date;
  /** IANA name. */
  readonly zone: string;
}

const past = { ok: false, reason: 'past' } as const;
/** Farther ahead a date without a year is more likely one that is over. */
const DOUBTFUL_DAYS_AHEAD = 300;

/**
 * The first instant ahead that a day and a time name.
 * @param zone of the time, when the text names another one than the server's.
 */
export function resolveDay(day: DayReference, time: DecidedTime, here: Here, zone = here.zone): Resolved {
  const today = wallClockOf(here.now, here.zone).date;
  const at = (date: string) => instantOf({ date: addDays(date, time.daysLater), time: time.time }, zone);
  const accept = (date: string, isGuess: boolean): Resolved => {
    const { instant, adjusted } = at(date);
    return { ok: true, instant, date, isGuess, isAdjusted: adjusted };
  };
  const isAhead = (date: string): boolean => at(date).instant > here.now;
  switch (day.is) {
    case 'calendar': {
      const dates = calendarDates(day, today);
      if (dates.length === 0) return { ok: false, reason: 'impossible' };
      const fitting =
        day.weekday === undefined ? dates : dates.filter((date) => weekdayOf(date) === day.weekday);
      const ahead = fitting.find(isAhead);
      if (ahead !== undefined)
        return accept(ahead, day.year === undefined && day.weekday === undefined && isFar(today, ahead));
      if (fitting.length === 0 && day.weekday !== undefined)
        return isJustOver(day, today) ? past : { ok: false, reason: 'disagree' };
      return past;
    }
    case 'day-of-month': {
      for (let months = 0; months < 13; months += 1) {
        const [year, month] = monthLater(today, months);
        const date = calendarDate(year, month, day.day);
        if (date === null || !isAhead(date)) continue;
        if (day.weekday !== undefined && weekdayOf(date) !== day.weekday) {
          if (months > 1) break;
          continue;
        }
        return accept(date, false);
      }
      return { ok: false, reason: 'disagree' };
    }
    case 'weekday': {
      const wait = (day.weekday - weekdayOf(today) + 7) % 7;
      if (day.which === 'next') {
        const monday = addDays(today, 7 - weekdayOf(today));
        const date = addDays(monday, day.weekday);
        // On a day before it in this week, some mean the one of this week.
        return accept(date, wait > 0 && weekdayOf(today) < day.weekday);
      }
      const date = addDays(today, wait + day.weeks * 7);
      if (isAhead(date)) return accept(date, wait === 0 && day.which === 'this');
      return accept(addDays(date, 7), true);
    }
    case 'ahead': {
      const target = addDays(today, day.days);
      const date = day.weekday === undefined ? target : addDays(target, day.weekday - weekdayOf(target));
      if (isAhead(date)) return accept(date, false);
      return past;
    }
    default:
      return day satisfies never;
  }
}

/** A time without a day: today, when it is still ahead. */
export function resolveToday(time: DecidedTime, here: Here, zone = here.zone): Resolved {
  return resolveDay({ is: 'ahead', days: 0, weekday: undefined }, time, here, zone);
}

function calendarDates(day: Extract<DayReference, { is: 'calendar' }>, today: string): string[] {
  const dates: string[] = [];
  for (const number of [day.day, ...day.more]) {
    if (day.year !== undefined) {
      const date = calendarDate(day.year, day.month, number);
      if (date !== null) dates.push(date);
      continue;
    }
    const thisYear = Number(today.slice(0, 4));
    // 29 February is at most eight years away.
    for (let ahead = 0; ahead <= 8; ahead += 1) {
      const date = calendarDate(thisYear + ahead, day.month, number);
      if (date === null || date < today) continue;
      dates.push(date);
      break;
    }
  }
  return dates.toSorted();
}

/** Whether a date without a year, but with its weekday, fits the one that was. */
function isJustOver(day: Extract<DayReference, { is: 'calendar' }>, today: string): boolean {
  const thisYear = Number(today.slice(0, 4));
  return [thisYear, thisYear - 1].some((year) => {
    const date = calendarDate(day.year ?? year, day.month, day.day);
    return (
      date !== null &&
      date < today &&
      date >= addDays(today, -JUST_OVER_DAYS) &&
      weekdayOf(date) === day.weekday
    );
  });
}

function isFar(today: string, date: string): boolean {
  return date > addDays(today, DOUBTFUL_DAYS_AHEAD);
}

function monthLater(today: string, months: number): [number, number] {
  const index = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + months;
  return [Math.floor(index / 12), (index % 12) + 1];
}

const DAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const ALL_DAYS: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6];

/** A recurrence as RFC 5545 writes it, without a start, and the days of the week on which it falls each time; null where it is not weekly. */
export function ruleOf(recurrence: ClosedRecurrence): { rrule: string; days: readonly Weekday[] | null } {
  switch (recurrence.every) {
    case 'day':
      if (recurrence.interval !== 1)
        return { rrule: `FREQ=DAILY;INTERVAL=${recurrence.interval}`, days: null };
      return { rrule: 'FREQ=DAILY', days: ALL_DAYS };
    case 'week': {
      if (recurrence.interval === 1 && recurrence.days.length === 7)
        return { rrule: 'FREQ=DAILY', days: ALL_DAYS };
      const interval = recurrence.interval === 1 ? '' : `INTERVAL=${recurrence.interval};`;
      const codes = recurrence.days.map((day) => DAY_CODES[day]).join(',');
      return { rrule: `FREQ=WEEKLY;${interval}BYDAY=${codes}`, days: recurrence.days };
    }
    case 'month':
      return 'weekday' in recurrence
        ? {
            rrule: `FREQ=MONTHLY;BYDAY=${recurrence.nth.map((nth) => `${nth}${DAY_CODES[recurrence.weekday]}`).join(',')}`,
            days: null,
          }
        : { rrule: `FREQ=MONTHLY;BYMONTHDAY=${recurrence.day}`, days: null };
    case 'year':
      return { rrule: `FREQ=YEARLY;BYMONTH=${recurrence.month};BYMONTHDAY=${recurrence.day}`, days: null };
    default:
      return recurrence satisfies never;
  }
}

/**
 * A recurrence of days that another zone names, as the days on which it falls here: Friday 23:30 in London is Saturday in Brussels.
 * @param first one of its occurrences.
 */
export function ruleIn(
  rule: ClosedRecurrence,
  first: Date,
  theirZone: string,
  zone: string,
): ClosedRecurrence {
  if (rule.every !== 'week' || theirZone === zone) return rule;
  const [there, here] = [wallClockOf(first, theirZone).date, wallClockOf(first, zone).date];
  if (there === here) return rule;
  const shift = here > there ? 1 : -1;
  const days = rule.days.map((day) => ((day + shift + 7) % 7) as Weekday).toSorted((a, b) => a - b);
  return { ...rule, days };
}
