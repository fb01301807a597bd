import { halfAt, hourMark, isMinutes, type Written } from './clock-parts.ts';
import { spokenAt } from './clock-words.ts';
import { behindOrdinal } from './days-of-month.ts';
import { isGluedNumber, isGluedOneOf, isOneOf, textAt, type Token } from './tokens.ts';
import { monthWord, OF_WORDS, SAID_AND, set } from './vocabulary.ts';

const BETWEEN = set('between tussen');
const RANGE_MARKS = set('- – — tot till until to t/m tem through');
/** "t/m" is cut at its slash; "tot ca. 22u". */
const RANGE_FILLERS = set('t ca');
const MINUTE_MARKS = set(': . u h');
const SLASH = set('/');

/** The end of a range of times. */
export interface RangeEnd {
  readonly to: number;
  readonly hour: number;
  readonly half: 'am' | 'pm' | undefined;
  /** Whether it says itself that it is a time. */
  readonly hasUnit: boolean;
}

/** "- 21:00", "tot 21u", "to 10pm" at a position. */
export function rangeEnd(tokens: readonly Token[], at: number): RangeEnd | null {
  const isAnd = isOneOf(tokens, at, SAID_AND);
  if (tokens[at]?.isFirst !== false || !(isAnd || isOneOf(tokens, at, RANGE_MARKS))) return null;
  const index = isOneOf(tokens, at + 1, RANGE_FILLERS) ? at + 2 : at + 1;
  const end = tokens[index];
  if (end?.kind !== 'number' || end.raw.length > 2 || end.value > 24) {
    const spoken = end?.kind === 'word' && !isAnd ? spokenAt(tokens, index, false) : null;
    return spoken === null ? null : { to: spoken.to, hour: spoken.hour, half: undefined, hasUnit: false };
  }
  const hasMinutes = isGluedOneOf(tokens, index + 1, MINUTE_MARKS) && isMinutes(tokens[index + 2]);
  let to = hasMinutes ? index + 3 : index + 1;
  const half = halfAt(tokens, to);
  if (half !== null) to = half.to;
  const unit = hourMark(tokens, to);
  if (unit !== null) to = unit;
  return { to, hour: end.value, half: half?.half, hasUnit: half !== null || unit !== null || hasMinutes };
}

/** The end of the range that begins at `at` with a time that was read. */
export function rangeBehind(tokens: readonly Token[], at: number, { to }: Written): RangeEnd | null {
  const end = rangeEnd(tokens, to);
  if (end === null) return null;
  // "at 19:30 and 21:00" are two times; only between makes "and" a range.
  if (isOneOf(tokens, to, SAID_AND) && !isOneOf(tokens, at - 1, BETWEEN)) return null;
  // "8 - 10 - 12" are no two ends.
  const isChain = !end.hasUnit && textAt(tokens, to) === '-' && textAt(tokens, end.to) === '-';
  return isChain || isDayOfDate(tokens, end) ? null : end;
}

/** "20u tot 1 juni", "20:00 until the 3rd of May", "20u tot 1/6": what ends is no time. */
function isDayOfDate(tokens: readonly Token[], { to, hasUnit }: RangeEnd): boolean {
  if (hasUnit) return false;
  if (isGluedOneOf(tokens, to, SLASH)) return isGluedNumber(tokens, to + 1);
  const behind = behindOrdinal(tokens, to);
  return monthWord(textAt(tokens, isOneOf(tokens, behind, OF_WORDS) ? behind + 1 : behind)) !== undefined;
}
