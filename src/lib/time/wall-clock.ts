import { DateTime, IANAZone } from 'luxon';
import { addDays, utcMsOf, weekdayOf, type Weekday } from './calendar.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A date `YYYY-MM-DD` and a time of day `HH:MM` as a clock on the wall shows them. */
export interface WallClock {
  date: string;
  time: string;
}

/** An instant, and whether the wall-clock time it came from was skipped ('gap') or happens twice ('overlap') there. */
export interface InstantOfWallClock {
  instant: Date;
  adjusted: 'none' | 'gap' | 'overlap';
}

/**
 * The instant at which the clocks of `zone` show `wallClock`.
 *
 * Where the clocks jump over that time, it is taken as long after the jump as it would have been (02:30 becomes 03:30), so
 * that it is late and not lost. Where they show it twice, the first of the two is taken, so that nothing is late.
 * This is how iCalendar reads such times (RFC 5545, 3.3.5).
 * @throws RangeError when the date, the time or the zone does not exist.
 */
export function instantOf(wallClock: WallClock, zone: string): InstantOfWallClock {
  const rules = rulesOf(zone);
  const asUtc = utcMsOf(wallClock.date, wallClock.time);
  // Offsets lie within 14 hours of UTC, so a change that matters here lies between these two moments.
  const offsetBefore = rules.offset(asUtc - DAY_MS);
  const offsetAfter = rules.offset(asUtc + DAY_MS);

  // No zone has ever changed its clocks twice within these two days: the closest are a week apart (Boa Vista, 2000).
  if (offsetBefore === offsetAfter) {
    return { instant: new Date(asUtc - offsetBefore * MINUTE_MS), adjusted: 'none' };
  }

  const byOffsetBefore = asUtc - offsetBefore * MINUTE_MS;
  const byOffsetAfter = asUtc - offsetAfter * MINUTE_MS;
  const existsBefore = rules.offset(byOffsetBefore) === offsetBefore;
  const existsAfter = rules.offset(byOffsetAfter) === offsetAfter;

  if (existsBefore && existsAfter) {
    return { instant: new Date(byOffsetBefore), adjusted: 'overlap' };
  }
  if (existsBefore) return { instant: new Date(byOffsetBefore), adjusted: 'none' };
  if (existsAfter) return { instant: new Date(byOffsetAfter), adjusted: 'none' };
  return { instant: new Date(byOffsetBefore), adjusted: 'gap' };
}

/**
 * What the clocks of `zone` show at `instant`, and which day of the week it is there.
 * @throws RangeError when the zone does not exist or the instant is invalid.
 */
export function wallClockOf(instant: Date, zone: string): WallClock & { weekday: Weekday } {
  const local = DateTime.fromJSDate(instant, { zone: rulesOf(zone) });
  if (!local.isValid) throw new RangeError('not a valid instant');
  const date = local.toFormat('yyyy-MM-dd');
  return { date, time: local.toFormat('HH:mm'), weekday: weekdayOf(date) };
}

/**
 * Today's date in `zone`, `days` later when given.
 * @throws RangeError when the zone does not exist or the instant is invalid.
 */
export function dateIn(zone: string, now: Date, days = 0): string {
  return addDays(wallClockOf(now, zone).date, days);
}

function rulesOf(zone: string): IANAZone {
  const rules = IANAZone.create(zone);
  if (!rules.isValid) throw new RangeError(`not a time zone: ${zone}`);
  return rules;
}
