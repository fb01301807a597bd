import type { Weekday } from './calendar.ts';
import { findMentions } from './mentions/find.ts';
import { firstOccurrence } from './mentions/first-occurrence.ts';
import type { ClosedRecurrence, DateMention, Mention, RecurrenceMention } from './mentions/mention.ts';
import {
  decideTime,
  END_OF_DAY,
  resolveDay,
  ruleIn,
  ruleOf,
  type DecidedTime,
  type Resolved,
} from './mentions/resolve.ts';
import { tokensOf, type Token } from './mentions/tokens.ts';
import { set } from './mentions/vocabulary.ts';
import { instantOf, wallClockOf, type InstantOfWallClock } from './wall-clock.ts';

/** What a person typed for "when". */
export type When =
  | {
      readonly ok: true;
      readonly kind: 'one-off';
      readonly eventAt: Date;
      /** Whether daylight saving time skips or repeats the time that was meant. */
      readonly adjusted: InstantOfWallClock['adjusted'];
    }
  | {
      readonly ok: true;
      readonly kind: 'recurring';
      /** `HH:MM` in the zone. */
      readonly time: string;
      /** 0 Monday to 6 Sunday; empty where only the rule says it. */
      readonly days: readonly Weekday[];
      /** RFC 5545 without a start; null where the days say all. */
      readonly rrule: string | null;
      /** `YYYY-MM-DD`. */
      readonly from: string | null;
      readonly until: string | null;
      /** The first one. */
      readonly eventAt: Date;
      readonly adjusted: InstantOfWallClock['adjusted'];
    }
  | {
      readonly ok: false;
      /**
       * `unknown`: some of the words say no time; `no-time`: a day without a time; `past`: over; `disagree`: the day of the week is not
       * that of the date; `impossible`: no such day.
       */
      readonly reason: 'unknown' | 'no-time' | 'past' | 'disagree' | 'impossible';
      /** What was not understood. */
      readonly rest: string;
    };

const TEXT_MAX = 200;
const BARE_HOUR = /^(.{0,100}?)(?<!\d|[.:/-])(\d{1,2})\s*$/;
/** Words around what says when that say nothing themselves. */
const FILLERS = set(
  "at om on op the de het a an in for van vanaf from starting and en , . ; : - ( ) ! @ uur sharp stipt precies exactly around rond starts start me mij please is it's remind herinner over to dan then",
);

/**
 * Reads when something happens, as people in Dutch and English write it: `20:00`, `tomorrow 8pm`, `next friday 20u30`, `over 2 uur`, `3 mei half
 * acht`, `every weekday 09:00`, `elke eerste maandag 20:00`, `every other Friday 19:30 from 1 May`.
 *
 * A time alone is the next such time. A bare hour from 1 to 8 is one of the afternoon or evening. All words must be understood: a
 * forgotten one would be noticed too late.
 * @throws RangeError when the zone does not exist.
 */
export function readWhen(text: string, { now, zone }: { readonly now: Date; readonly zone: string }): When {
  const refused = (reason: Extract<When, { ok: false }>['reason'], rest = text.trim()): When => ({
    ok: false,
    reason,
    rest,
  });
  if (text.length > TEXT_MAX) return refused('unknown');
  const tokens = tokensOf(text.normalize('NFKC').replaceAll(/[\p{Cf}]/gu, ''));
  const mentions = findMentions(tokens, 'time');
  const rest = unread(tokens, mentions);
  const bare = BARE_HOUR.exec(text);
  // "tomorrow 9": a number alone is the hour.
  if (bare !== null && rest === bare[2] && !mentions.some(({ kind }) => kind === 'clock'))
    return readWhen(`${bare[1] ?? ''}at ${rest}`, { now, zone });
  if (rest !== '') return refused('unknown', rest);
  const of = <Kind extends Mention['kind']>(kind: Kind) =>
    mentions.filter((mention): mention is Extract<Mention, { kind: Kind }> => mention.kind === kind);
  if (of('past').length > 0) return refused('past');

  const instant = of('instant')[0];
  if (instant !== undefined) {
    const { at } = instant;
    const eventAt = new Date(at.is === 'stamp' ? at.seconds * 1000 : now.getTime() + at.minutes * 60_000);
    return eventAt > now ? { ok: true, kind: 'one-off', eventAt, adjusted: 'none' } : refused('past');
  }
  const clock = of('clock')[0];
  const dates = of('date');
  const recurrence = closed(of('recurrence')[0], dates);
  if (clock === undefined) return refused(mentions.length === 0 ? 'unknown' : 'no-time');
  // Two moments would be two reminders; the second must not be forgotten.
  const second =
    of('clock')[1] ?? (recurrence === null ? dates.filter(({ role }) => role === 'on')[1] : undefined);
  if (second !== undefined) return refused('unknown', wordsOf(tokens, second));
  const here = { now, zone };
  const part =
    of('part')[0]?.part ?? recurrence?.part ?? dates.find(({ part: said }) => said !== undefined)?.part;
  const time = decideTime(clock, part);
  const timeZone = clock.zone ?? zone;
  if (recurrence !== null) {
    const read = recurring(recurrence.rule, dates, time, timeZone, here);
    return typeof read === 'string' ? refused(read) : read;
  }
  const day = dates.find(({ role }) => role !== 'until');
  const resolved =
    day === undefined ? nextTime(time, timeZone, here) : resolveDay(day.day, time, here, timeZone);
  if (!resolved.ok) return refused(resolved.reason);
  return { ok: true, kind: 'one-off', eventAt: resolved.instant, adjusted: resolved.isAdjusted };
}

function wordsOf(tokens: readonly Token[], { from, to }: Mention): string {
  return tokens
    .slice(from, to)
    .map(({ raw, isGlued }, index) => (index > 0 && !isGlued ? ` ${raw}` : raw))
    .join('');
}

function unread(tokens: readonly Token[], mentions: readonly Mention[]): string {
  return tokens
    .filter(
      ({ text }, index) =>
        !FILLERS.has(text) && !mentions.some(({ from, to }) => index >= from && index < to),
    )
    .map(({ raw }) => raw)
    .join(' ');
}

function closed(
  recurrence: RecurrenceMention | undefined,
  dates: readonly DateMention[],
): { rule: ClosedRecurrence; part: RecurrenceMention['part'] } | null {
  if (recurrence === undefined) return null;
  const { rule, part } = recurrence;
  if (!('open' in rule)) return { rule, part };
  for (const { day, part: said } of dates) {
    if (rule.every === 'week' && day.is === 'weekday')
      return { rule: { every: 'week', interval: rule.interval, days: [day.weekday] }, part: part ?? said };
    if (rule.every === 'month' && day.is === 'day-of-month')
      return { rule: { every: 'month', day: day.day }, part: part ?? said };
  }
  return null;
}

function recurring(
  rule: ClosedRecurrence,
  dates: readonly DateMention[],
  time: DecidedTime,
  timeZone: string,
  here: { readonly now: Date; readonly zone: string },
): When | Extract<Resolved, { ok: false }>['reason'] {
  const bound = (role: DateMention['role'], at: DecidedTime): Resolved | null => {
    const mention = dates.find((date) => date.role === role);
    return mention === undefined ? null : resolveDay(mention.day, at, here);
  };
  const start = bound('from', time);
  const end = bound('until', END_OF_DAY);
  // What began before is no slip; what ended before or never is.
  if (start?.ok === false && start.reason !== 'past') return start.reason;
  if (end?.ok === false) return end.reason;
  const from = start?.ok === true ? start.date : null;
  const until = end?.ok === true ? end.date : null;
  const today = wallClockOf(here.now, here.zone).date;
  const first = firstOccurrence(rule, time.time, { now: here.now, timeZone, from: from ?? today });
  if (first === null) return 'past';
  const local = wallClockOf(first, here.zone);
  if (until !== null && local.date > until) return 'past';
  const { rrule, days } = ruleOf(ruleIn(rule, first, timeZone, here.zone));
  const isSimple = days !== null && !rrule.includes('INTERVAL');
  return {
    ok: true,
    kind: 'recurring',
    // Where clocks skip the first one, it keeps its time for all others.
    time: timeZone === here.zone ? time.time : local.time,
    days: isSimple ? days : [],
    rrule: isSimple ? null : rrule,
    from,
    until,
    eventAt: first,
    adjusted: instantOf({ date: local.date, time: time.time }, timeZone).adjusted,
  };
}

/** A time alone: today or tomorrow. */
function nextTime(
  time: DecidedTime,
  zone: string,
  here: { readonly now: Date; readonly zone: string },
): Resolved {
  const today = resolveDay({ is: 'ahead', days: 0, weekday: undefined }, time, here, zone);
  return today.ok ? today : resolveDay({ is: 'ahead', days: 1, weekday: undefined }, time, here, zone);
}
