import type { Weekday } from '../calendar.ts';
import type { FoundDay } from './mention.ts';
import { isGluedOneOf, isOneOf, type Token } from './tokens.ts';
import { OF_WORDS, ON_WORDS, ORDINAL_ENDINGS, set } from './vocabulary.ts';

const THE = set('the de den');

/** Whether a number may be the day of a month. */
export function isDayNumber(token: Token | undefined): token is Token {
  return token?.kind === 'number' && token.raw.length <= 2 && token.value >= 1 && token.value <= 31;
}

/** The position behind "th", "e" or "de" that is glued to a number; the same one where none is. */
export function behindOrdinal(tokens: readonly Token[], at: number): number {
  return isGluedOneOf(tokens, at, ORDINAL_ENDINGS) ? at + 1 : at;
}

/** A date of figures; null for what can be none. A day that its month does not have is a slip that the reader must know of. */
export function calendarDay(
  { year, month, day }: { readonly year: number | undefined; readonly month: number; readonly day: number },
  weekday: Weekday | undefined,
  to: number,
  more: readonly number[] = [],
): FoundDay | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return { day: { is: 'calendar', month, day, year, weekday, more }, to };
}

/** "Friday the 15th", "vrijdag de 15e": an ordinal behind a day's name. */
export function dayOfMonthBehind(tokens: readonly Token[], at: number, weekday: Weekday): FoundDay | null {
  const day = tokens[at];
  if (!isDayNumber(day) || !isGluedOneOf(tokens, at + 1, ORDINAL_ENDINGS)) return null;
  return { day: { is: 'day-of-month', day: day.value, weekday }, to: at + 2 };
}

/** "on the 15th", "op de 15de": the next such day. */
export function dayOfMonthAt(tokens: readonly Token[], at: number): FoundDay | null {
  const day = tokens[at];
  if (!isDayNumber(day) || !isGluedOneOf(tokens, at + 1, ORDINAL_ENDINGS)) return null;
  if (!isOneOf(tokens, at - 1, THE) || !isOneOf(tokens, at - 2, ON_WORDS)) return null;
  if (isOneOf(tokens, at + 2, OF_WORDS)) return null;
  return { day: { is: 'day-of-month', day: day.value, weekday: undefined }, to: at + 2 };
}
