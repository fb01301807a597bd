import type { Weekday } from '../calendar.ts';
import { isBeside } from './clock-parts.ts';
import { clockAt } from './clock-times.ts';
import { calendarDay } from './days-of-month.ts';
import type { FoundDay } from './mention.ts';
import { isGluedNumber, isGluedOneOf, isOneOf, textAt, type Token } from './tokens.ts';
import { set } from './vocabulary.ts';

const DATE_MARKS = set('/ - .');
/** Glued before a number these make it part of an address, a price or a ratio. */
const NOT_BEFORE = set('. / - , : € $ £ # =');
/** Behind "12/3" these make it a share, a price or the beginning of something longer. */
const NOT_BEHIND = set('% € /');
/** Words that a date follows. */
const DATE_CUES = set('on op date datum vanaf from tot until dd');
/** Behind "19.30" and "8-10" these make them times. */
const TIME_BEHIND = set('am pm uur u h');
const LISTED = set(', en and &');
/** How far a time may stand from what it makes a date. */
const CLOCK_BEHIND_MAX = 3;
const CLOCK_BEFORE_MAX = 6;
const CENTURY = 2000;

/** The numbers of a date in figures, as they are written. */
interface Figures {
  readonly first: Token;
  readonly mark: string;
  readonly second: Token;
  readonly third: Token | undefined;
  readonly to: number;
}

/** `12/03/2027`, `2027-03-12`, and, where something says that it is a date, `12/3`, `12-3` and `12.03`. */
export function numericDateAt(
  tokens: readonly Token[],
  at: number,
  weekday: Weekday | undefined,
  isLabelled: boolean,
): FoundDay | null {
  const figures = figuresAt(tokens, at);
  if (figures === null) return null;
  const { first, second, third, to } = figures;
  if (third !== undefined && first.raw.length === 4)
    return calendarDay({ year: first.value, month: second.value, day: third.value }, weekday, to);
  if (first.raw.length > 2 || second.raw.length > 2) return null;
  // "5/14" has no fourteenth month.
  const isMonthFirst = second.value > 12 && first.value <= 12;
  if (third !== undefined) {
    if (third.raw.length !== 2 && third.raw.length !== 4) return null;
    const year = third.raw.length === 2 ? CENTURY + third.value : third.value;
    return dayAndMonth(figures, year, isMonthFirst, weekday);
  }
  if (!isDate(tokens, at, figures, weekday !== undefined, isLabelled)) return null;
  return dayAndMonth(figures, undefined, isMonthFirst && weekday !== undefined, weekday);
}

function dayAndMonth(
  { first, second, to }: Figures,
  year: number | undefined,
  isMonthFirst: boolean,
  weekday: Weekday | undefined,
): FoundDay | null {
  const [day, month] = isMonthFirst ? [second.value, first.value] : [first.value, second.value];
  return calendarDay({ year, month, day }, weekday, to);
}

/** Two or three numbers with the same mark between them; null where more follow or they belong to something else. */
function figuresAt(tokens: readonly Token[], at: number): Figures | null {
  const [first, second] = [tokens[at], tokens[at + 2]];
  if (first === undefined || second === undefined) return null;
  if (!isGluedOneOf(tokens, at + 1, DATE_MARKS) || !isGluedNumber(tokens, at + 2)) return null;
  const before = tokens[at - 1];
  const isGoingOn =
    before !== undefined &&
    (before.kind === 'number' || before.kind === 'word' || NOT_BEFORE.has(before.text));
  if (first.isGlued && isGoingOn) return null;
  const mark = textAt(tokens, at + 1);
  const hasNext = (index: number): boolean =>
    textAt(tokens, index) === mark && tokens[index]?.isGlued === true && isGluedNumber(tokens, index + 1);
  const third = hasNext(at + 3) ? tokens[at + 4] : undefined;
  const to = third === undefined ? at + 3 : at + 5;
  return hasNext(to) ? null : { first, mark, second, third, to };
}

/** Whether two numbers are a day and a month rather than a fraction, a score, a version or a time. */
function isDate(
  tokens: readonly Token[],
  at: number,
  { first, mark, second, to }: Figures,
  hasWeekday: boolean,
  isLabelled: boolean,
): boolean {
  if (isGluedOneOf(tokens, to, NOT_BEHIND)) return false;
  const isNamed =
    hasWeekday ||
    (mark === '/' && isListed(tokens, to)) ||
    (isLabelled && mark !== '.') ||
    isOneOf(tokens, at - 1, DATE_CUES);
  // "8-10pm" is a range of times.
  const isTime = (mark === '.' && second.value > 12) || (mark !== '/' && isOneOf(tokens, to, TIME_BEHIND));
  if (isTime) return false;
  if (isNamed) return true;
  const isLongAndFirst = first.raw.length + second.raw.length === 4 && first.isFirst;
  if (mark === '.' && !isLongAndFirst) return false;
  if (mark === '-' && !first.isFirst) return false;
  return !isAlways(first, second) && isBesideClock(tokens, at, to);
}

/** Another date of the same form follows: "4/3, 18/3 en 1/4". */
function isListed(tokens: readonly Token[], at: number): boolean {
  return (
    isOneOf(tokens, at, LISTED) &&
    tokens[at + 1]?.kind === 'number' &&
    textAt(tokens, at + 2) === '/' &&
    tokens[at + 2]?.isGlued === true &&
    isGluedNumber(tokens, at + 3)
  );
}

/** "24/7" is the word for always. */
function isAlways(first: Token, second: Token): boolean {
  return first.value === 24 && second.value === 7;
}

/** Whether a time stands near: what tells "12/3" from a fraction. */
function isBesideClock(tokens: readonly Token[], at: number, to: number): boolean {
  for (let index = to; index <= to + CLOCK_BEHIND_MAX; index += 1)
    if (isBeside(tokens, to, index) && clockAt(tokens, index, true) !== null) return true;
  // Behind it: "20:00 12/3", "om 20u op 12/3".
  for (let index = at - 1; index >= Math.max(0, at - CLOCK_BEFORE_MAX); index -= 1) {
    const clock = clockAt(tokens, index, false);
    if (clock !== null && isBeside(tokens, clock.to, at)) return true;
  }
  return false;
}
