import type { Weekday } from '../calendar.ts';
import { behindOrdinal, calendarDay, isDayNumber } from './days-of-month.ts';
import type { FoundDay } from './mention.ts';
import { numericDateAt } from './numeric-dates.ts';
import { isGluedOneOf, isOneOf, textAt, type Token } from './tokens.ts';
import { dayWord, monthWord, set } from './vocabulary.ts';

const DOT = set('.');
/** Between a day and its month: "the 12th of March", "12. maart". */
const BEFORE_MONTH = set('of van .');
/** What joins days that are all named. */
const DAYS_JOIN = set(', & + / en and');
/** What joins the first and the last day. */
const DAYS_RANGE = set('. - – — tot to till until');
/** "3 en de 10 mei" */
const BEFORE_DAY = set('en and de the');
const AND = set(', & and en');
/** "May 3, 20:00" and "May 3, 8 pm" go on with a time. */
const HOUR_MARKS = set(': . u h');
const HOUR_LETTERS = set(': u h');
const HALVES = set('am pm uur');
const DAYS_MAX = 6;
const YEAR_LEAST = 1800;
const YEAR_MOST = 2100;

/** A date with its month: `12/03/2027`, `2027-03-12`, `12 maart`, `March 12th, 2027`, `3, 10 en 17 mei`. */
export function absoluteAt(
  tokens: readonly Token[],
  at: number,
  weekday: Weekday | undefined,
  isLabelled = false,
): FoundDay | null {
  if (tokens[at]?.kind === 'number')
    return numericDateAt(tokens, at, weekday, isLabelled) ?? dayThenMonth(tokens, at, weekday);
  return tokens[at]?.kind === 'word' ? monthThenDay(tokens, at, weekday) : null;
}

/** "12 maart 2027", "the 12th of March", "3, 10 en 17 mei", "3–5 May". */
function dayThenMonth(tokens: readonly Token[], at: number, weekday: Weekday | undefined): FoundDay | null {
  if (tokens[at]?.isGlued && tokens[at - 1]?.kind === 'word') return null;
  const days: number[] = [];
  let index = at;
  let isRange = false;
  while (days.length < DAYS_MAX) {
    const number = tokens[index];
    if (!isDayNumber(number)) return null;
    days.push(number.value);
    index = behindOrdinal(tokens, index + 1);
    while (isOneOf(tokens, index, BEFORE_MONTH) && !tokens[index]?.isFirst) index += 1;
    const month = monthAt(tokens, index);
    if (month !== undefined && !tokens[index]?.isFirst) {
      const year = yearAt(tokens, index + 1);
      const [day = 0, ...more] = days;
      const to = year?.to ?? index + 1;
      return calendarDay({ year: year?.year, month, day }, weekday, to, isRange ? [] : more);
    }
    const isJoined = isOneOf(tokens, index, DAYS_JOIN);
    if (!isJoined && !isOneOf(tokens, index, DAYS_RANGE)) return null;
    isRange ||= !isJoined;
    index += 1;
    if (isOneOf(tokens, index, BEFORE_DAY)) index += 1;
    if (!isRange && dayWord(textAt(tokens, index)) !== undefined) index += 1;
  }
  return null;
}

function monthAt(tokens: readonly Token[], at: number): number | undefined {
  return tokens[at]?.kind === 'word' ? monthWord(textAt(tokens, at)) : undefined;
}

/** "March 12th, 2027", "May 3 and 10". */
function monthThenDay(tokens: readonly Token[], at: number, weekday: Weekday | undefined): FoundDay | null {
  const month = monthAt(tokens, at);
  if (month === undefined) return null;
  let index = isGluedOneOf(tokens, at + 1, DOT) ? at + 2 : at + 1;
  if (textAt(tokens, index) === 'the') index += 1;
  const day = tokens[index];
  if (!isDayNumber(day) || day.isFirst || isGluedOneOf(tokens, index + 1, HOUR_LETTERS)) return null;
  index = behindOrdinal(tokens, index + 1);
  const year = yearAt(tokens, index);
  if (year !== null) return calendarDay({ year: year.year, month, day: day.value }, weekday, year.to);
  const more = moreDays(tokens, index);
  return calendarDay({ year: undefined, month, day: day.value }, weekday, more.to, more.days);
}

/** "and 10", ", 17 and 24" behind "May 3". */
function moreDays(tokens: readonly Token[], at: number): { days: number[]; to: number } {
  const days: number[] = [];
  let to = at;
  while (isOneOf(tokens, to, AND)) {
    const next = tokens[to + 1];
    if (!isDayNumber(next) || isTimeBehind(tokens, to + 2)) break;
    days.push(next.value);
    to = behindOrdinal(tokens, to + 2);
  }
  return { days, to };
}

/** Whether what stands behind a number makes it an hour. */
function isTimeBehind(tokens: readonly Token[], at: number): boolean {
  return (
    isOneOf(tokens, at, HALVES) || (isGluedOneOf(tokens, at, HOUR_MARKS) && tokens[at + 1]?.kind === 'number')
  );
}

/** "2027", ", 2027", "'27" behind a date. */
function yearAt(tokens: readonly Token[], at: number): { year: number; to: number } | null {
  const isMark = textAt(tokens, at) === ',' || isGluedOneOf(tokens, at, DOT);
  const index = isMark ? at + 1 : at;
  const [token, next] = [tokens[index], tokens[index + 1]];
  if (token?.text === "'" && next?.kind === 'number' && next.raw.length === 2)
    return { year: 2000 + next.value, to: index + 2 };
  if (token?.kind !== 'number' || token.raw.length !== 4 || token.isFirst) return null;
  return token.value < YEAR_LEAST || token.value > YEAR_MOST ? null : { year: token.value, to: index + 1 };
}
