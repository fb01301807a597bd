/** Day of the week as the database stores it: 0 is Monday, 6 is Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export const WEEKDAYS: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6];

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const CALENDAR_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;

/**
 * The calendar date of a year, a month (1–12) and a day, as `YYYY-MM-DD`.
 * @returns null when there is no such day (31 February), or the year is not 1–9999.
 */
export function calendarDate(year: number, month: number, day: number): string | null {
  const midnight = utcMidnight(year, month, day);
  return midnight === null ? null : midnight.toISOString().slice(0, 10);
}

/** Whether `date` is `YYYY-MM-DD` and a day that exists. */
export function isCalendarDate(date: string): boolean {
  return midnightOf(date) !== null;
}

/**
 * Minutes since midnight of a time of day `HH:MM`.
 * @throws RangeError when it is not one.
 */
export function minutesOfDay(time: string): number {
  const parts = TIME_OF_DAY.exec(time);
  if (parts === null) throw new RangeError(`not a time of day: ${time}`);
  return Number(parts[1]) * 60 + Number(parts[2]);
}

/**
 * Milliseconds of a calendar date and time of day read as if they were UTC: wall-clock time as a number to calculate with.
 * @throws RangeError when the date or the time does not exist.
 */
export function utcMsOf(date: string, time = '00:00'): number {
  const midnight = midnightOf(date);
  if (midnight === null) throw new RangeError(`not a calendar date: ${date}`);
  return midnight.getTime() + minutesOfDay(time) * MINUTE_MS;
}

/**
 * The calendar date a number of days later (or earlier, when negative).
 * @throws RangeError when `date` is not a calendar date.
 */
export function addDays(date: string, days: number): string {
  return new Date(utcMsOf(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The day of the week of a calendar date.
 * @throws RangeError when `date` is not a calendar date.
 */
export function weekdayOf(date: string): Weekday {
  return ((new Date(utcMsOf(date)).getUTCDay() + 6) % 7) as Weekday;
}

function midnightOf(date: string): Date | null {
  const parts = CALENDAR_DATE.exec(date);
  return parts === null ? null : utcMidnight(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

/** Null when there is no such day, or the year is not 1–9999. */
function utcMidnight(year: number, month: number, day: number): Date | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const midnight = new Date(0);
  // Date.UTC would read the years 1–99 as 1901–1999.
  midnight.setUTCFullYear(year, month - 1, day);
  return midnight.getUTCMonth() === month - 1 ? midnight : null;
}
