import { addDays } from '../calendar.ts';
import { nextRuleDate, parseRule } from '../recurrence.ts';
import { instantOf } from '../wall-clock.ts';
import type { ClosedRecurrence } from './mention.ts';
import { ruleOf } from './resolve.ts';

/**
 * The first time ahead that a recurrence falls on, from a date on; null when there is none. Its interval counts from there: every
 * other Friday begins with the next one.
 */
export function firstOccurrence(
  recurrence: ClosedRecurrence,
  time: string,
  { now, timeZone, from }: { readonly now: Date; readonly timeZone: string; readonly from: string },
): Date | null {
  const each = 'interval' in recurrence ? { ...recurrence, interval: 1 } : recurrence;
  const rule = parseRule(ruleOf(each).rrule);
  if (rule === null) return null;
  let date = nextRuleDate(rule, from, addDays(from, -1));
  while (date !== null) {
    const { instant } = instantOf({ date, time }, timeZone);
    if (instant > now) return instant;
    date = nextRuleDate(rule, from, date);
  }
  return null;
}
