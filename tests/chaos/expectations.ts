import { IANAZone } from 'luxon';
import type { AddedReminder, Version } from './history.ts';
import type { Plan } from './plan.ts';
import type { Rule, Schedule } from './schedules.ts';

/** A message that a definition promises. */
export interface Promised {
  readonly reminder: number;
  readonly kind: 'advance' | 'event';
  readonly due: Date;
  readonly event: Date;
  readonly channelId: string;
  /** Not, when it is due while the bot may or may not know of a change yet: it may come, but need not. */
  readonly isCertain: boolean;
  /** When the bot knew at the latest that its definition holds no more; null when it holds for ever. */
  readonly changedAt: Date | null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const DAYS_PER_WEEK = 7;

/**
 * What a reminder promises between its adding and `until`, worked out from its definitions alone and by other means than the
 * bot's: every day is looked at, and a wall-clock time is found by trying the zone's distances from UTC around it.
 */
export function promisesOf(added: AddedReminder, plan: Plan, until: Date): Promised[] {
  const promised = new Map<string, Promised>();
  for (const [index, version] of added.versions.entries()) {
    const next = added.versions[index + 1];
    for (const one of messagesOf(added, version, plan, until)) {
      const { due, event } = one;
      if (due <= version.from || due > until || (next !== undefined && due > next.certain)) continue;
      const isCertain = due > version.certain && (next === undefined || due <= next.from);
      const key = `${due.getTime()} ${event.getTime()}`;
      if (!promised.has(key)) promised.set(key, { ...one, isCertain, changedAt: next?.certain ?? null });
    }
  }
  return [...promised.values()];
}

function messagesOf(
  { id, channelId, isDirect }: AddedReminder,
  { schedule, readAt }: Version,
  plan: Plan,
  until: Date,
): Omit<Promised, 'isCertain' | 'changedAt'>[] {
  if (schedule === null) return [];
  // What goes to one person alone is not announced.
  const offsets = new Set(isDirect ? [0] : [plan.offsetMinutes, ...plan.preAlerts]);
  const isRecurring = schedule.kind === 'weekly' || schedule.kind === 'rule';
  if (!isRecurring) offsets.add(0);
  return eventsOf(schedule, plan.zone, readAt, until, Math.max(...offsets)).flatMap((event) =>
    [...offsets].map((offset) => ({
      reminder: id,
      kind: offset === 0 ? ('event' as const) : ('advance' as const),
      due: new Date(event.getTime() - offset * MINUTE_MS),
      event,
      channelId,
    })),
  );
}

function eventsOf(
  schedule: Schedule,
  zoneName: string,
  readAt: Date,
  until: Date,
  offsetMinutes: number,
): Date[] {
  if (schedule.kind === 'moment') return [schedule.at];
  const zone = IANAZone.create(zoneName);
  if (schedule.kind === 'once') return [instantIn(zone, schedule.date, schedule.time)];
  const fits = (date: string): boolean =>
    schedule.kind === 'weekly' ? schedule.weekdays.includes(weekdayOf(date)) : isDayOf(schedule.rule, date);
  const dates = days(readAt, until, offsetMinutes).filter(
    (date) => fits(date) && instantIn(zone, date, schedule.time) > readAt,
  );
  const isEveryOther = schedule.kind === 'rule' && schedule.rule.every === 'other week';
  return dates
    .filter((_, index) => !isEveryOther || index % 2 === 0)
    .map((date) => instantIn(zone, date, schedule.time));
}

function isDayOf(rule: Rule, date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  const day = Number(date.slice(8));
  if ('day' in rule) return rule.day === day;
  if (weekdayOf(date) !== rule.weekday) return false;
  if (rule.every === 'other week') return true;
  const isLast = new Date(at + DAYS_PER_WEEK * DAY_MS).getUTCMonth() !== new Date(at).getUTCMonth();
  return rule.nth === -1 ? isLast : Math.ceil(day / DAYS_PER_WEEK) === rule.nth;
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
  return new Date(`${date}T00:00:00Z`).getUTCDay() || DAYS_PER_WEEK;
}

/** When a one-off happens; null for what recurs. */
export function onceAt(schedule: Schedule | null, zoneName: string): Date | null {
  if (schedule?.kind === 'moment') return schedule.at;
  return schedule?.kind === 'once'
    ? instantIn(IANAZone.create(zoneName), schedule.date, schedule.time)
    : null;
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
