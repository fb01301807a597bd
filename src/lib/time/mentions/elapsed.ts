import type { InstantMention, PastMention } from './mention.ts';
import { isGluedOneOf, isOneOf, textAt, type Token } from './tokens.ts';
import { AHEAD_WORDS, CLOCK_UNITS, DAY_UNITS, NUMBER_WORDS, SAID_AND, set } from './vocabulary.ts';

const PAST_MARKS = set('ago geleden terug earlier');
const ROUGHLY = set('about ongeveer ca circa just exact exactly nog over');
const ROUGHLY_MAX = 2;
const FROM = set('from vanaf');
const NOW = set('now nu');
const A = set('a an');
const A_OR_EEN = set('een a an');
/** "een halfuur" in one word. */
const HALF_HOUR = set('halfuur halfuurtje');
const HALF_WORDS = set('half halve halfuur halfuurtje');
const POINT = set('. ,');
const HOUR_MINUTES = 60;
/** What is farther ahead is said in days. */
const MINUTES_MAX = 24 * 60 * HOUR_MINUTES;
const AMOUNT_DIGITS_MAX = 4;

interface Length {
  readonly minutes: number;
  readonly to: number;
}

/** "in 2 hours", "over anderhalf uur", "binnen een kwartier", "an hour from now", and "2 hours ago". */
export function elapsedAt(tokens: readonly Token[], at: number): InstantMention | PastMention | null {
  const isAhead = isOneOf(tokens, at, AHEAD_WORDS);
  const length = lengthAt(tokens, isAhead ? behindRoughly(tokens, at + 1) : at);
  if (length === null) return daysAgo(tokens, at);
  if (isOneOf(tokens, length.to, PAST_MARKS)) return { kind: 'past', from: at, to: length.to + 1 };
  const isFromNow = isOneOf(tokens, length.to, FROM) && isOneOf(tokens, length.to + 1, NOW);
  if (!isAhead && !isFromNow) return null;
  const to = isFromNow ? length.to + 2 : length.to;
  return { kind: 'instant', from: at, to, at: { is: 'minutes-ahead', minutes: length.minutes } };
}

/** "in about 2 hours", "over ongeveer nog een uur" */
function behindRoughly(tokens: readonly Token[], at: number): number {
  let index = at;
  while (index < at + ROUGHLY_MAX && isOneOf(tokens, index, ROUGHLY)) index += 1;
  return index;
}

/** "two weeks ago". */
function daysAgo(tokens: readonly Token[], at: number): PastMention | null {
  const word = textAt(tokens, at);
  const isCount = tokens[at]?.kind === 'number' || NUMBER_WORDS.has(word) || word === 'a';
  return isCount && DAY_UNITS.has(textAt(tokens, at + 1)) && isOneOf(tokens, at + 2, PAST_MARKS)
    ? { kind: 'past', from: at, to: at + 3 }
    : null;
}

function lengthAt(tokens: readonly Token[], at: number): Length | null {
  const partial = partOfHour(tokens, at);
  if (partial !== null) return partial;
  const count = amountAt(tokens, at);
  if (count === null) return null;
  const unit = CLOCK_UNITS.get(textAt(tokens, count.to));
  if (unit === undefined || count.amount * unit > MINUTES_MAX) return null;
  const length = { minutes: count.amount * unit, to: count.to + 1 };
  return unit === HOUR_MINUTES ? withMore(tokens, length) : length;
}

/** "anderhalf uur", "half an hour", "een kwartier": lengths that no number counts. */
function partOfHour(tokens: readonly Token[], at: number): Length | null {
  const [word, next] = [textAt(tokens, at), textAt(tokens, at + 1)];
  const isHour = (index: number): boolean => CLOCK_UNITS.get(textAt(tokens, index)) === HOUR_MINUTES;
  if (word === 'anderhalf' && isHour(at + 1)) return { minutes: 90, to: at + 2 };
  if ((A_OR_EEN.has(word) || word === '1') && HALF_HOUR.has(next)) return { minutes: 30, to: at + 2 };
  if (A_OR_EEN.has(word) && HALF_WORDS.has(next) && isHour(at + 2)) return { minutes: 30, to: at + 3 };
  if (word === 'half' && A.has(next) && textAt(tokens, at + 2) === 'hour') return { minutes: 30, to: at + 3 };
  if (word === 'half' && next === 'hour') return { minutes: 30, to: at + 2 };
  const isQuarter = (word === 'a' || word === 'een') && next === 'kwartier';
  return isQuarter ? { minutes: 15, to: at + 2 } : null;
}

/** "2 hours and 30 minutes", "an hour and a half". */
function withMore(tokens: readonly Token[], { minutes, to }: Length): Length {
  const isAnd = isOneOf(tokens, to, SAID_AND);
  const article = textAt(tokens, to + 1);
  if (isAnd && (article === 'a' || article === 'een') && isOneOf(tokens, to + 2, HALF_WORDS))
    return { minutes: minutes + 30, to: to + 3 };
  const more = amountAt(tokens, isAnd ? to + 1 : to);
  return more !== null && CLOCK_UNITS.get(textAt(tokens, more.to)) === 1
    ? { minutes: minutes + more.amount, to: more.to + 1 }
    : { minutes, to };
}

/** "a", "twee", "2", "1,5". */
function amountAt(tokens: readonly Token[], at: number): { amount: number; to: number } | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (A.has(token.text)) return { amount: 1, to: at + 1 };
  const word = NUMBER_WORDS.get(token.text);
  if (word !== undefined) return { amount: word, to: at + 1 };
  if (token.kind !== 'number' || token.raw.length > AMOUNT_DIGITS_MAX) return null;
  const decimal = tokens[at + 2];
  const isDecimal =
    isGluedOneOf(tokens, at + 1, POINT) &&
    decimal?.kind === 'number' &&
    decimal.isGlued &&
    decimal.raw.length === 1;
  return isDecimal
    ? { amount: token.value + decimal.value / 10, to: at + 3 }
    : { amount: token.value, to: at + 1 };
}
