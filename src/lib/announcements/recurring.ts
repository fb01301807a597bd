import { weekdayOf, type Weekday } from '#lib/time/calendar';
import { firstOccurrence } from '#lib/time/mentions/first-occurrence';
import type { ClosedRecurrence, DateMention, RecurrenceMention } from '#lib/time/mentions/mention';
import {
  decideTime,
  END_OF_DAY,
  resolveDay,
  ruleIn,
  ruleOf,
  type Resolved,
} from '#lib/time/mentions/resolve';
import { set } from '#lib/time/mentions/vocabulary';
import { wallClockOf } from '#lib/time/wall-clock';
import { clockFor, partFor } from './belonging.ts';
import type { Finding } from './candidate.ts';
import { wordsOf, type Moments, type Spot } from './moments.ts';

const CONFIDENCE = 0.92;
const GUESSED_HALF = 0.15;
/** Where "weekly" and its day are two words. */
const DAY_ELSEWHERE = 0.05;
/** "Mon–Fri 9:00–17:00" are the hours of something. */
const HOURS = 0.45;
const WEIGHT = { together: 2.5, apart: 1 } as const;
/** How many sentences apart a recurrence and its first or last day may stand. */
const BOUND_SENTENCES_MAX = 3;
const RANGE_WORDS = set('- to t through thru tot');

/** A recurrence that says on which days it falls, and the day that said so where it is another word. */
interface Closed {
  readonly rule: ClosedRecurrence;
  readonly day: Spot<DateMention> | null;
}

/** What comes back, with its time. */
export function findRecurring(moments: Moments): Finding[] {
  return moments.recurrences.flatMap((spot, order) => {
    const closed = close(spot, moments);
    const finding = closed === null ? null : recurrenceFinding(spot, closed, order, moments);
    return finding === null ? [] : [finding];
  });
}

function recurrenceFinding(
  spot: Spot<RecurrenceMention>,
  { rule, day }: Closed,
  order: number,
  moments: Moments,
): Finding | null {
  const { context } = moments;
  const clock = clockFor(spot, moments);
  if (clock === null) return { found: null, reason: 'no-time', evidence: [wordsOf(spot)] };
  const decided = decideTime(clock.mention, spot.mention.part ?? day?.mention.part ?? partFor(clock));
  const timeZone = clock.mention.zone ?? context.zone;
  const from = startOf(spot, decided.time, moments);
  const first = firstOccurrence(rule, decided.time, {
    now: context.now,
    timeZone,
    from: from ?? wallClockOf(context.now, context.zone).date,
  });
  if (first === null) return null;
  const here = wallClockOf(first, context.zone);
  const end = endOf(spot, moments);
  const until = end?.ok === true ? end.date : null;
  // One of yesterday in another sentence may be about something else, such as signing up.
  const isOver = end?.ok === false || (until !== null && until < here.date);
  if (isOver) return { found: null, reason: 'past', evidence: [wordsOf(spot)] };
  const spots: Spot[] = day === null ? [spot, clock] : [spot, day, clock];
  const isTogether =
    clock.sentence.line === spot.sentence.line ||
    clock.sentence.role !== null ||
    spot.sentence.role !== null ||
    spot.sentence.isTitle;
  const isHours = spot.sentence.role === null && clock.mention.isRange && isDayRange(spot);
  const { rrule, days } = ruleOf(ruleIn(rule, first, timeZone, context.zone));
  return {
    found: {
      kind: 'recurring',
      instant: first,
      // Where clocks skip the first one, it keeps its time for all others.
      time: timeZone === context.zone ? decided.time : here.time,
      rrule,
      days,
      from,
      until,
      evidence: spots.map((each) => wordsOf(each)),
      spots,
      order,
    },
    confidence:
      CONFIDENCE -
      (decided.isGuess ? GUESSED_HALF : 0) -
      (day === null ? 0 : DAY_ELSEWHERE) -
      (isHours ? HOURS : 0),
    weight: isTogether ? WEIGHT.together : WEIGHT.apart,
  };
}

/** With the day that "weekly" or "monthly" leaves to another word; null where none says it. */
function close(spot: Spot<RecurrenceMention>, moments: Moments): Closed | null {
  const { rule } = spot.mention;
  if (!('open' in rule)) return { rule, day: null };
  if (rule.every === 'year') return null;
  for (const day of moments.dates) {
    const isNear =
      day.sentence.line === spot.sentence.line || day.sentence.role !== null || spot.sentence.isTitle;
    if (!isNear) continue;
    if (rule.every === 'week') {
      const days = weekdaysOf(day, spot, moments);
      if (days !== null) return { rule: { every: 'week', interval: rule.interval, days }, day };
    } else if (day.mention.day.is === 'day-of-month')
      return { rule: { every: 'month', day: day.mention.day.day }, day };
  }
  return null;
}

/** The days of the week that a date near "weekly" gives it. */
function weekdaysOf(
  date: Spot<DateMention>,
  spot: Spot<RecurrenceMention>,
  moments: Moments,
): Weekday[] | null {
  const { day, role } = date.mention;
  if (day.is === 'weekday' && day.which === 'bare' && day.weeks === 0) return weekdaysBeside(date, moments);
  const isStart = day.is === 'calendar' && (role === 'from' || spot.sentence.role === 'days');
  if (!isStart) return null;
  const resolved = resolveDay(day, END_OF_DAY, moments.context);
  return resolved.ok ? [weekdayOf(resolved.date)] : null;
}

/** "Monday and Wednesday" near "weekly". */
function weekdaysBeside({ index }: Spot<DateMention>, { dates }: Moments): Weekday[] {
  const days = dates.flatMap((date) => {
    const { day } = date.mention;
    return date.index === index && day.is === 'weekday' && day.which === 'bare' ? [day.weekday] : [];
  });
  return [...new Set(days)].sort((a, b) => a - b);
}

/** "from 3 March", "Start: 3 March", "Date: 3 March" beside a recurrence. */
function startOf(spot: Spot<RecurrenceMention>, time: string, { dates, context }: Moments): string | null {
  for (const { mention, index, sentence } of dates) {
    const isLabelled = sentence.role !== null;
    const isFirstDay = isLabelled && mention.day.is === 'calendar' && mention.role !== 'until';
    const isStart = mention.role === 'from' || sentence.role === 'from' || isFirstDay;
    if (!isStart || (!isLabelled && Math.abs(index - spot.index) > BOUND_SENTENCES_MAX)) continue;
    const resolved = resolveDay(mention.day, { time, daysLater: 0, isGuess: false }, context);
    if (resolved.ok) return resolved.date;
  }
  return null;
}

/** "until 1 June" beside a recurrence. */
function endOf(spot: Spot<RecurrenceMention>, { dates, context }: Moments): Resolved | null {
  const ends = dates
    .filter(
      ({ mention, index }) => mention.role === 'until' && Math.abs(index - spot.index) <= BOUND_SENTENCES_MAX,
    )
    .map(({ mention, index }) => ({
      ...resolveDay(mention.day, END_OF_DAY, context),
      isOwn: index === spot.index,
    }));
  return ends.find(({ ok }) => ok) ?? ends.find(({ isOwn }) => isOwn) ?? null;
}

function isDayRange({ mention, sentence }: Spot<RecurrenceMention>): boolean {
  return sentence.tokens.slice(mention.from, mention.to).some(({ text }) => RANGE_WORDS.has(text));
}
