import type { ClockMention, DateMention, InstantMention } from '#lib/time/mentions/mention';
import {
  decideTime,
  resolveDay,
  resolveToday,
  type DecidedTime,
  type Resolved,
} from '#lib/time/mentions/resolve';
import { AND_WORDS } from '#lib/time/mentions/vocabulary';
import { wallClockOf } from '#lib/time/wall-clock';
import { dateFor, isSameMoment, partFor } from './belonging.ts';
import type { Finding } from './candidate.ts';
import { wordsOf, type Moments, type Spot } from './moments.ts';

const MINUTE_MS = 60_000;
/** How sure each way of writing is, before what the words around it say. */
const CONFIDENCE = {
  stamp: 0.94,
  elapsed: 0.8,
  dayAndTime: 0.9,
  labelledTime: 0.75,
  timeInTitle: 0.65,
  timeOfEvent: 0.6,
  timeAlone: 0.4,
} as const;
/** A guess of the week or of the half of the day. */
const GUESS = 0.15;
const WEIGHT = { stamp: 3, elapsed: 1, near: 2, apart: 1.5, timeAlone: 0.5 } as const;

/** Moments that say themselves which they are: timestamps of Discord, and "in two hours". */
export function findInstants(moments: Moments): Finding[] {
  return moments.instants.map((spot, order) => instantFinding(spot, order, moments));
}

function instantFinding(spot: Spot<InstantMention>, order: number, { context }: Moments): Finding {
  const { at } = spot.mention;
  const instant = new Date(
    at.is === 'stamp' ? at.seconds * 1000 : context.now.getTime() + at.minutes * MINUTE_MS,
  );
  const evidence = [wordsOf(spot)];
  if (instant <= context.now || Number.isNaN(instant.getTime()))
    return { found: null, reason: 'past', evidence };
  const { time } = wallClockOf(instant, context.zone);
  const way = at.is === 'stamp' ? 'stamp' : 'elapsed';
  return {
    found: { kind: 'one-off', instant, time, evidence, spots: [spot], order },
    confidence: CONFIDENCE[way],
    weight: WEIGHT[way],
  };
}

/** Times of day with the days that they belong to. */
export function findOneOffs(moments: Moments): Finding[] {
  const isOfVideo = isChapters(moments);
  const { clocks } = moments;
  return clocks.flatMap((clock, order) => {
    const before = clocks[order - 1];
    if (before !== undefined && isSameMoment(before, clock, moments)) return [];
    if (isOfVideo && clock.mention.from === clock.sentence.from) return [];
    const finding = clockFinding(clock, order, moments);
    return finding === null ? [] : [finding];
  });
}

/** Lines that begin with a time, from 0:00 on, are the chapters of a video. */
function isChapters({ clocks }: Moments): boolean {
  return clocks.some(
    ({ sentence, mention }) =>
      mention.from === 0 &&
      sentence.from === 0 &&
      mention.hour === 0 &&
      mention.minute === 0 &&
      sentence.role === null,
  );
}

function clockFinding(clock: Spot<ClockMention>, order: number, moments: Moments): Finding | null {
  const { context, over } = moments;
  const date = dateFor(clock, moments);
  const spots: Spot[] = date === null ? [clock] : [date, clock];
  const evidence = spots.map((spot) => wordsOf(spot));
  const isOver = over.has(clock.index) && date?.index !== clock.index;
  if (isOver) return { found: null, reason: 'past', evidence };
  // "Every Tuesday at 20:00 until 1 March": what is over does not happen today either.
  if (date === null && hasRecurrence(clock)) return null;
  const decided = decideTime(clock.mention, partFor(clock) ?? date?.mention.part);
  const zone = clock.mention.zone ?? context.zone;
  const resolved =
    date === null ? resolveToday(decided, context, zone) : resolveFirst(date, decided, zone, moments);
  if (!resolved.ok) return { found: null, reason: resolved.reason, evidence };
  const { instant } = resolved;
  if (instant <= context.now) return { found: null, reason: 'past', evidence };
  const guesses = Number(resolved.isGuess) + Number(decided.isGuess);
  const { time } = wallClockOf(instant, context.zone);
  return {
    found: { kind: 'one-off', instant, time, evidence, spots, order },
    confidence: (date === null ? timeAlone(clock, moments) : CONFIDENCE.dayAndTime) - guesses * GUESS,
    weight: weightOf(clock, date),
  };
}

function hasRecurrence({ sentence }: Spot<ClockMention>): boolean {
  return sentence.mentions.some((mention) => mention.kind === 'recurrence' && !('open' in mention.rule));
}

function weightOf(clock: Spot<ClockMention>, date: Spot<DateMention> | null): number {
  if (date === null) return WEIGHT.timeAlone;
  return date.index === clock.index || date.sentence.role !== null ? WEIGHT.near : WEIGHT.apart;
}

/** How sure a time without any day is one of today. */
function timeAlone({ sentence }: Spot<ClockMention>, { sentences, over }: Moments): number {
  if (sentence.role === 'time' || sentence.role === 'when') return CONFIDENCE.labelledTime;
  if (sentence.isTitle) return CONFIDENCE.timeInTitle;
  if (over.size > 0) return CONFIDENCE.timeAlone;
  return sentences.some(({ signs }) => signs.isEvent) ? CONFIDENCE.timeOfEvent : CONFIDENCE.timeAlone;
}

/** Of days in a row ("4/3, 18/3 en 1/4, telkens om 19u30") the first that is ahead. */
function resolveFirst(
  date: Spot<DateMention>,
  decided: DecidedTime,
  zone: string,
  { dates, context }: Moments,
): Resolved {
  let first = date;
  for (const other of dates.toReversed()) {
    if (other.index !== date.index || other.mention.to > first.mention.from) continue;
    const between = date.sentence.tokens.slice(other.mention.to, first.mention.from);
    if (between.length === 0 || !between.every(({ text }) => AND_WORDS.has(text))) break;
    first = other;
  }
  for (const { index, mention } of dates) {
    const isInRow =
      index === date.index && mention.from >= first.mention.from && mention.from < date.mention.from;
    if (!isInRow) continue;
    const resolved = resolveDay(mention.day, decided, context, zone);
    if (resolved.ok && !resolved.isGuess) return resolved;
  }
  return resolveDay(date.mention.day, decided, context, zone);
}
