import { DateTime } from 'luxon';
import type { Locale, Translate } from '#lib/i18n/translate';
import { truncate } from '#lib/text/sanitize';
import { WEEKDAYS } from '#lib/time/calendar';
import { dateIn, wallClockOf } from '#lib/time/wall-clock';
import type { Reminder } from './queries.ts';
import { nextEventAt } from './schedule.ts';
import { recurrenceText } from './views.ts';
import { WHEN_MAX } from './when.ts';

const WORKDAYS = WEEKDAYS.slice(0, 5).join();
const EVERY_DAY = WEEKDAYS.join();

/**
 * When a reminder happens, in words that can be changed and read again: `24 December 2026 20:00`, `every Monday and Friday
 * 19:30 until 1 June 2027`.
 * @param zone IANA name.
 */
export function whenText(t: Translate, locale: Locale, reminder: Reminder, zone: string, now: Date): string {
  const { eventTime, callTime, days } = reminder;
  if (eventTime !== null) {
    const { date, time } = wallClockOf(eventTime, zone);
    return `${dateText(date, locale)} ${time}`;
  }
  const values = { days: recurrenceText(reminder, locale), time: callTime };
  // Of other days it would be read as the next of them alone.
  const isNamed = days.length > 0 && ![WORKDAYS, EVERY_DAY].includes(days.join());
  let text = t(isNamed ? 'reminders:when.every' : 'reminders:list.recurring', values);
  const from = firstDate(reminder, zone, now);
  if (from !== null) text += ` ${t('reminders:when.from', { date: dateText(from, locale) })}`;
  if (reminder.recursUntil !== null)
    text += ` ${t('reminders:when.until', { date: dateText(reminder.recursUntil, locale) })}`;
  return truncate(text, WHEN_MAX);
}

/** The date that must be named, for what does not begin yet, or whose intervals would count from another one otherwise. */
function firstDate(reminder: Reminder, zone: string, now: Date): string | null {
  const { rrule, recursFrom } = reminder;
  if (recursFrom !== null && recursFrom > dateIn(zone, now)) return recursFrom;
  if (rrule?.includes('INTERVAL') !== true) return null;
  const next = nextEventAt(reminder, zone, now);
  return next === null ? null : wallClockOf(next, zone).date;
}

function dateText(date: string, locale: Locale): string {
  return DateTime.fromISO(date, { locale }).toFormat('d LLLL yyyy');
}
