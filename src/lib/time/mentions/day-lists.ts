import type { Weekday } from '../calendar.ts';
import { partWord } from './day-parts.ts';
import type { RecurrenceReference } from './mention.ts';
import { isGluedOneOf, isOneOf, textAt, type Token } from './tokens.ts';
import { AND_WORDS, dayWord, set, type PartOfDay } from './vocabulary.ts';

/** A recurrence that was read, and the position behind it. */
export interface FoundRecurrence {
  readonly rule: RecurrenceReference;
  readonly part?: PartOfDay | undefined;
  readonly to: number;
}

/** Days of the week in the order in which they were named. */
export interface FoundDays {
  readonly days: readonly Weekday[];
  readonly part: PartOfDay | undefined;
  readonly to: number;
}

export const ALL_DAYS: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6];
export const WORKING_DAYS: readonly Weekday[] = [0, 1, 2, 3, 4];
export const WEEKEND_DAYS: readonly Weekday[] = [5, 6];
export const RANGE_WORDS = set('- – — to through thru tot');
/** Between days, beside "and": "Mon/Wed", "elke di en elke do". */
const SEPARATORS = set('/ | op on elke every');
const SEPARATORS_MAX = 3;
const DOT = set('.');
/** Between "weekly" and its days. */
const INTRODUCTIONS = set('on op : , the de');
const INTRODUCTIONS_MAX = 2;
const DAYS_MAX = 8;
/** Two days with a dash between them are rather a choice. */
const RANGE_DAYS_MIN = 3;

/** A rule for some days of every week, or of each so many weeks. */
export function weekly({ days, part, to }: FoundDays, interval = 1): FoundRecurrence {
  return { rule: { every: 'week', interval, days: [...new Set(days)].sort((a, b) => a - b) }, part, to };
}

/** Days of the week, with their separators: "di en do", "Mon/Wed/Fri", "maandag t/m donderdag". `isNamed`: short names count too. */
export function dayList(tokens: readonly Token[], at: number, isNamed: boolean): FoundDays | null {
  const days: Weekday[] = [];
  let index = at;
  let to = at;
  let part: PartOfDay | undefined;
  for (let turn = 0; turn < DAYS_MAX; turn += 1) {
    const found = rangeOfDays(tokens, index) ?? oneDay(tokens, index, isNamed);
    if (found === null) break;
    days.push(...found.days);
    part = found.part ?? part;
    ({ to } = found);
    index = behindSeparators(tokens, to);
  }
  return days.length === 0 ? null : { days, to, part };
}

function oneDay(tokens: readonly Token[], at: number, isNamed: boolean): FoundDays | null {
  const day = tokens[at]?.kind === 'word' ? dayWord(textAt(tokens, at), isNamed) : undefined;
  if (day === undefined) return null;
  const said = partWord(tokens, at + 1);
  return { days: [day.weekday], part: said?.part ?? day.part, to: said?.to ?? at + 1 };
}

function behindSeparators(tokens: readonly Token[], at: number): number {
  let index = isGluedOneOf(tokens, at, DOT) ? at + 1 : at;
  while (
    index < at + SEPARATORS_MAX &&
    (isOneOf(tokens, index, AND_WORDS) || isOneOf(tokens, index, SEPARATORS))
  )
    index += 1;
  return index;
}

/** "Monday to Friday", "ma t/m vr", "ma-vr", "maandag tot en met vrijdag". */
export function rangeOfDays(tokens: readonly Token[], at: number): FoundDays | null {
  const first = tokens[at]?.kind === 'word' ? dayWord(textAt(tokens, at), true) : undefined;
  if (first === undefined) return null;
  const end = behindRangeWord(tokens, textAt(tokens, at + 1) === '.' ? at + 2 : at + 1);
  const last = end === null ? undefined : dayWord(textAt(tokens, end), true);
  if (end === null || last === undefined) return null;
  const length = ((last.weekday - first.weekday + 7) % 7) + 1;
  if (length < RANGE_DAYS_MIN) return null;
  const days = Array.from({ length }, (_, step) => ((first.weekday + step) % 7) as Weekday);
  return { days, part: undefined, to: end + 1 };
}

function behindRangeWord(tokens: readonly Token[], at: number): number | null {
  const [first, second, third] = [textAt(tokens, at), textAt(tokens, at + 1), textAt(tokens, at + 2)];
  if (first === 't' && second === '/' && third === 'm') return at + 3;
  if (!RANGE_WORDS.has(first)) return null;
  return second === 'en' && third === 'met' ? at + 3 : at + 1;
}

/** The days behind "weekly", "every week" and their like: "on Tuesdays", ": di en do", "- Friday". */
export function daysBehind(tokens: readonly Token[], at: number): FoundDays | null {
  let index = at;
  while (index < at + INTRODUCTIONS_MAX && isIntroduction(tokens, index)) index += 1;
  return dayList(tokens, index, true);
}

function isIntroduction(tokens: readonly Token[], at: number): boolean {
  const isDash = textAt(tokens, at) === '-' && tokens[at]?.isGlued === false;
  return isDash || isOneOf(tokens, at, INTRODUCTIONS);
}
