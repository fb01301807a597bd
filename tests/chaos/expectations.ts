import { IANAZone } from 'luxon';
import type { AddedReminder } from './history.ts';
import type { Plan } from './plan.ts';

/** A message that a definition promises. */
export interface Promised {
  readonly reminder: number;
  readonly kind: 'advance' | 'event';
  readonly due: Date;
  readonly event: Date;
  readonly channelId: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * What a reminder promises between its adding and `until`, worked out from its definition alone and by other means than the
 * bot's: every day is looked at, and a wall-clock time is found by trying the zone's distances from UTC around it.
 */
export function promisesOf(added: AddedReminder, plan: Plan, until: Date): Promised[] {
  const { id, planned, channelId, addedAt } = added;
  const zone = IANAZone.create(plan.zone);
  const isOneOff = planned.date !== null;
  const promised: Promised[] = [];
  for (const day of planned.date === null ? days(addedAt, until, plan.offsetMinutes) : [planned.date]) {
    if (!isOneOff && !planned.weekdays.includes(weekdayOf(day))) continue;
    const event = instantIn(zone, day, planned.time);
    const advance = new Date(event.getTime() - plan.offsetMinutes * MINUTE_MS);
    const about = { reminder: id, event, channelId };
    if (plan.offsetMinutes > 0) promised.push({ ...about, kind: 'advance', due: advance });
    if (plan.offsetMinutes === 0 || isOneOff) promised.push({ ...about, kind: 'event', due: event });
  }
  return promised.filter(({ due }) => due > addedAt && due <= until);
}

/** Dates from the day before one instant to some days after the other. */
function days(from: Date, until: Date, offsetMinutes: number): string[] {
  const dates: string[] = [];
  const last = until.getTime() + offsetMinutes * MINUTE_MS + 2 * DAY_MS;
  for (let at = from.getTime() - DAY_MS; at <= last; at += DAY_MS)
    dates.push(new Date(at).toISOString().slice(0, 10));
  return dates;
}

/** 1 Monday to 7 Sunday. */
function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** The first instant at which a clock there shows this; in a gap, the instant that as much later shows as the gap is long. */
function instantIn(zone: IANAZone, date: string, time: string): Date {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const before = zone.offset(wall - DAY_MS) * MINUTE_MS;
  const after = zone.offset(wall + DAY_MS) * MINUTE_MS;
  const candidates = [wall - before, wall - after].filter(
    (instant) => instant + zone.offset(instant) * MINUTE_MS === wall,
  );
  return new Date(candidates.length === 0 ? wall - before : Math.min(...candidates));
}
