import { addDays, weekdayOf } from '../calendar.ts';
import { instantOf } from '../wall-clock.ts';
import type { ClosedRecurrence } from './mention.ts';

/** 29 February on a given weekday of a year is the rarest of what is read. */
const SEARCH_DAYS = 366 * 9;

/** The first time ahead that a recurrence falls on, from a date on; null when there is none within nine years. */
export function firstOccurrence(
  rule: ClosedRecurrence,
  time: string,
  { now, timeZone, from }: { readonly now: Date; readonly timeZone: string; readonly from: string },
): Date | null {
  for (let date = from, turn = 0; turn < SEARCH_DAYS; date = addDays(date, 1), turn += 1) {
    if (!fallsOn(rule, date)) continue;
    const { instant } = instantOf({ date, time }, timeZone);
    if (instant > now) return instant;
  }
  return null;
}

function fallsOn(rule: ClosedRecurrence, date: string): boolean {
  const [month, day] = [Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  switch (rule.every) {
    case 'day':
      return true;
    case 'week':
      return rule.days.includes(weekdayOf(date));
    case 'month':
      if ('day' in rule) return rule.day === day;
      if (weekdayOf(date) !== rule.weekday) return false;
      return rule.nth.some((nth) =>
        nth === -1 ? addDays(date, 7).slice(5, 7) !== date.slice(5, 7) : Math.ceil(day / 7) === nth,
      );
    case 'year':
      return rule.month === month && rule.day === day;
    default:
      return rule satisfies never;
  }
}
