import type { FoundRecurrence } from './day-lists.ts';
import { partWord } from './day-parts.ts';
import { behindOrdinal, isDayNumber } from './days-of-month.ts';
import { isOneOf, textAt, type Token } from './tokens.ts';
import {
  AND_WORDS,
  dayWord,
  EVERY_WORDS,
  monthWord,
  OF_OR_IN,
  ORDINALS,
  set,
  type DayWord,
} from './vocabulary.ts';

export const MONTH_WORDS = set('month maand months');
/** "of each month", "van de maand" */
const BEFORE_MONTH = set('the de each every elke iedere');
const BEFORE_MONTH_MAX = 2;
/** Between "monthly" and what says on which day. */
const FILLERS = set('on op the de het , : of van in');
const MONTHLY_FILLERS_MAX = 4;
const YEARLY_FILLERS_MAX = 3;
/** No month has six Mondays. */
const NTH_MAX = 5;
const DAY_MAX = 31;

/** "first", "1e en 3e", "last". */
export interface FoundOrdinal {
  readonly nth: number;
  /** "first and third" */
  readonly all: readonly number[];
  /** Whether it is written in figures: "15th". */
  readonly isNumber: boolean;
  readonly to: number;
}

/** "first Monday of every month", "laatste vrijdag van de maand", "de 15e van elke maand". */
export function nthOfMonth(tokens: readonly Token[], at: number): FoundRecurrence | null {
  const ordinal = ordinalAt(tokens, at);
  if (ordinal === null) return null;
  const day = dayWord(textAt(tokens, ordinal.to));
  const month = behindOfMonth(tokens, day === undefined ? ordinal.to : ordinal.to + 1);
  if (month === null) return null;
  if (day !== undefined) return nthWeekday(ordinal, day, month);
  const isEvery = isOneOf(tokens, ordinal.to + 1, EVERY_WORDS);
  return isEvery && isDayOfMonth(ordinal) ? { rule: { every: 'month', day: ordinal.nth }, to: month } : null;
}

/** "first Monday", "last Sunday of the month", "15th" behind "every". */
export function everyNthOfMonth(tokens: readonly Token[], ordinal: FoundOrdinal): FoundRecurrence | null {
  const day = dayWord(textAt(tokens, ordinal.to));
  if (day !== undefined && ordinal.nth <= NTH_MAX) {
    const part = day.part ?? partWord(tokens, ordinal.to + 1)?.part;
    return nthWeekday(ordinal, { ...day, part }, behindOfMonth(tokens, ordinal.to + 1) ?? ordinal.to + 1);
  }
  const month = behindOfMonth(tokens, ordinal.to);
  return isDayOfMonth(ordinal) && (month !== null || ordinal.isNumber)
    ? { rule: { every: 'month', day: ordinal.nth }, to: month ?? ordinal.to }
    : null;
}

/** "on the 15th", "op de eerste maandag", "the first Monday", ": first Thursday" behind "monthly". */
export function monthlyBehind(tokens: readonly Token[], at: number): FoundRecurrence | null {
  const ordinal = ordinalAt(tokens, behindFillers(tokens, at, MONTHLY_FILLERS_MAX));
  if (ordinal === null) return null;
  const day = dayWord(textAt(tokens, ordinal.to));
  if (day !== undefined) return nthWeekday(ordinal, day, ordinal.to + 1);
  return ordinal.nth > 0 && ordinal.isNumber
    ? { rule: { every: 'month', day: ordinal.nth }, to: ordinal.to }
    : null;
}

/** "on 3 May", "op 3 mei", "May 3" behind "yearly". */
export function yearlyBehind(tokens: readonly Token[], at: number): FoundRecurrence | null {
  const index = behindFillers(tokens, at, YEARLY_FILLERS_MAX);
  const isDayFirst = tokens[index]?.kind === 'number';
  const day = tokens[isDayFirst ? index : index + 1];
  const month = monthWord(textAt(tokens, isDayFirst ? index + 1 : index));
  if (day?.kind !== 'number' || month === undefined || day.value < 1 || day.value > DAY_MAX) return null;
  return { rule: { every: 'year', month, day: day.value }, to: index + 2 };
}

/** One ordinal, or several that are joined: "1e en 3e". */
export function ordinalAt(tokens: readonly Token[], at: number): FoundOrdinal | null {
  const first = oneOrdinal(tokens, at);
  if (first === null) return null;
  const all = [first.nth];
  let { to } = first;
  while (isOneOf(tokens, to, AND_WORDS) && all.length < NTH_MAX) {
    const next = oneOrdinal(tokens, to + 1);
    if (next === null) break;
    all.push(next.nth);
    ({ to } = next);
  }
  return { ...first, all, to };
}

function oneOrdinal(tokens: readonly Token[], at: number): Omit<FoundOrdinal, 'all'> | null {
  const token = tokens[at];
  if (isDayNumber(token)) {
    const to = behindOrdinal(tokens, at + 1);
    return to > at + 1 ? { nth: token.value, to, isNumber: true } : null;
  }
  const nth = ORDINALS.get(textAt(tokens, at));
  return nth === undefined ? null : { nth, to: at + 1, isNumber: false };
}

/** The position behind "of the month", "van elke maand"; null where that does not stand. */
export function behindOfMonth(tokens: readonly Token[], at: number): number | null {
  if (!isOneOf(tokens, at, OF_OR_IN)) return null;
  let index = at + 1;
  while (index <= at + BEFORE_MONTH_MAX && isOneOf(tokens, index, BEFORE_MONTH)) index += 1;
  return isOneOf(tokens, index, MONTH_WORDS) ? index + 1 : null;
}

function nthWeekday(
  { nth, all }: FoundOrdinal,
  { weekday, part }: Pick<DayWord, 'weekday' | 'part'>,
  to: number,
): FoundRecurrence | null {
  return nth > NTH_MAX ? null : { rule: { every: 'month', nth: all, weekday }, part, to };
}

function isDayOfMonth({ nth }: FoundOrdinal): boolean {
  return nth > 0 && nth <= DAY_MAX;
}

function behindFillers(tokens: readonly Token[], at: number, most: number): number {
  let index = at;
  while (index < at + most && isOneOf(tokens, index, FILLERS)) index += 1;
  return index;
}
