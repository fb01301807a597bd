import type { Weekday } from '../calendar.ts';
import { absoluteAt } from './calendar-dates.ts';
import { isBeside } from './clock-parts.ts';
import { clockAt } from './clock-times.ts';
import { partBehindDay } from './day-parts.ts';
import { dayOfMonthBehind } from './days-of-month.ts';
import type { FoundDay } from './mention.ts';
import { countOf } from './relative-dates.ts';
import { isGluedOneOf, isOneOf, textAt, type Token } from './tokens.ts';
import {
  DATE_FILLERS,
  DAY_UNITS,
  dayWord,
  NEXT_WORDS,
  OF_OR_IN,
  set,
  THIS_ONE,
  THIS_WORDS,
  type DayWord,
} from './vocabulary.ts';

type Which = 'bare' | 'this' | 'next';

const WEEK = set('week');
/** Between a day's name and its date: "Friday (3 May)". */
const BEFORE_DATE = set('( -');
const BEFORE_DATE_MAX = 3;
const OVER = set('over in');
/** Behind these even "do" and "sun" are days. */
const DAYS_FOLLOW = set('on op this deze elke every komende');
const IT_IS = set("het it today 't");
const DOT = set('.');
/** A longer name that a dot follows ends a sentence. */
const ABBREVIATION_MAX = 5;
const DAYS_IN_WEEK = 7;

/** A day's name, alone or before a date, with what is said about which one. */
export function weekdayAt(tokens: readonly Token[], at: number): FoundDay | null {
  if (tokens[at]?.kind !== 'word') return null;
  const said = whichAt(tokens, at);
  const name = tokens[said.to];
  const day = name?.kind === 'word' ? dayWord(name.text.replace(/'s$/, '')) : undefined;
  if (name === undefined || day === undefined) return null;
  if (name.isGlued && textAt(tokens, said.to - 1) === '/') return null;
  if (day.isPlural && day.part === undefined) return null;
  let to = said.to + 1;
  if (isGluedOneOf(tokens, to, DOT) && name.raw.length <= ABBREVIATION_MAX) to += 1;
  const behind = day.part === undefined ? partBehindDay(tokens, to) : null;
  const part = day.part ?? behind?.part;
  to = behind?.to ?? to;
  const isBare = said.which === 'bare';
  if (isBare && isStatedToday(tokens, at) && !isDaylike(tokens, at, to)) return null;
  const absolute = absoluteBehind(tokens, to, day.weekday);
  if (absolute !== null) return { ...absolute, part };
  if (isBare && day.isAmbiguous && !isDaylike(tokens, at, to)) return null;
  return { ...weekdayAlone(tokens, day, said.which, to), part };
}

/** "a.s. vrijdag", "next Friday", "volgende week vrijdag", "this coming Friday": what stands before the name. */
function whichAt(tokens: readonly Token[], at: number): { which: Which; to: number } {
  const word = textAt(tokens, at);
  if (word === 'a' && textAt(tokens, at + 1) === '.' && textAt(tokens, at + 2) === 's')
    return { which: 'this', to: textAt(tokens, at + 3) === '.' ? at + 4 : at + 3 };
  if (word === 'as' && dayWord(textAt(tokens, at + 1)) !== undefined) return { which: 'this', to: at + 1 };
  if (NEXT_WORDS.has(word)) {
    if (!isOneOf(tokens, at + 1, WEEK)) return { which: 'next', to: at + 1 };
    let to = at + 2;
    while (isOneOf(tokens, to, DATE_FILLERS)) to += 1;
    return { which: 'next', to };
  }
  if (!THIS_WORDS.has(word)) return { which: 'bare', to: at };
  let to = at + 1;
  while (isOneOf(tokens, to, THIS_WORDS) || isOneOf(tokens, to, WEEK)) to += 1;
  return { which: 'this', to };
}

function weekdayAlone(
  tokens: readonly Token[],
  { weekday }: DayWord,
  which: Which,
  to: number,
): Pick<FoundDay, 'day' | 'to'> {
  const later = which === 'bare' ? laterWeek(tokens, to) : null;
  return later === null
    ? { day: { is: 'weekday', weekday, which, weeks: 0 }, to }
    : { day: { is: 'weekday', weekday, which: later.which, weeks: later.weeks }, to: later.to };
}

/** "Friday next week", "vrijdag volgende week", "vrijdag over een week", "Friday of next week". */
function laterWeek(tokens: readonly Token[], at: number): { which: Which; weeks: number; to: number } | null {
  const index = isOneOf(tokens, at, OF_OR_IN) ? at + 1 : at;
  if (isOneOf(tokens, index + 1, WEEK)) {
    if (isOneOf(tokens, index, NEXT_WORDS)) return { which: 'next', weeks: 0, to: index + 2 };
    if (isOneOf(tokens, index, THIS_ONE)) return { which: 'this', weeks: 0, to: index + 2 };
  }
  const isWeeks = isOneOf(tokens, at, OVER) && DAY_UNITS.get(textAt(tokens, at + 2)) === DAYS_IN_WEEK;
  const weeks = isWeeks ? countOf(tokens[at + 1]) : undefined;
  return weeks === undefined ? null : { which: 'bare', weeks, to: at + 3 };
}

/** Whether a short name ("do", "zo", "sun") stands where only a day would: before a time or behind a word for days. */
function isDaylike(tokens: readonly Token[], at: number, to: number): boolean {
  if (tokens[to] === undefined) return at === 0;
  if (isOneOf(tokens, at - 1, DAYS_FOLLOW)) return true;
  return [to, to + 1].some((index) => clockAt(tokens, index, true) !== null && isBeside(tokens, to, index));
}

/** "het is maandag", "it's Monday" */
function isStatedToday(tokens: readonly Token[], at: number): boolean {
  const before = textAt(tokens, at - 1);
  return before === "it's" || (before === 'is' && isOneOf(tokens, at - 2, IT_IS));
}

/** The date that a day's name stands before: "Friday, 3 May", "vrijdag (3/5)", "Friday the 15th". */
function absoluteBehind(tokens: readonly Token[], at: number, weekday: Weekday): FoundDay | null {
  let index = at;
  while (
    index < at + BEFORE_DATE_MAX &&
    tokens[index]?.isFirst === false &&
    (isOneOf(tokens, index, DATE_FILLERS) || isOneOf(tokens, index, BEFORE_DATE))
  )
    index += 1;
  if (tokens[index]?.isFirst) return null;
  const found = absoluteAt(tokens, index, weekday) ?? dayOfMonthBehind(tokens, index, weekday);
  if (found === null) return null;
  const isInBrackets = textAt(tokens, index - 1) === '(' && textAt(tokens, found.to) === ')';
  return isInBrackets ? { ...found, to: found.to + 1 } : found;
}
