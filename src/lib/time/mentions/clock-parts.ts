import { partAt } from './day-parts.ts';
import type { ClockMention } from './mention.ts';
import { isGluedNumber, isGluedOneOf, isOneOf, textAt, type Token } from './tokens.ts';
import { BETWEEN_WORDS, set } from './vocabulary.ts';
import { zoneAt } from './zone-names.ts';

/** A time of day as it stands there, before what is said behind it. */
export type Written = Pick<ClockMention, 'hour' | 'minute' | 'precision' | 'half'> & { readonly to: number };

/** "am" or "pm", and the position behind it. */
export interface FoundHalf {
  readonly half: 'am' | 'pm';
  readonly to: number;
}

/** Words behind which a weak form, "at 8", is a time. */
export const CUES = set(
  'at om @ vanaf from rond around tegen starts start begint begins aanvang omstreeks ca stipt klokslag live',
);
export const CURRENCIES = set('€ $ £ eur euro euros usd');
/** Right behind a number these make it something else than a time. */
export const NOT_AFTER_GLUED = set('% / € $ £ = ° x _');
/** Behind "2 uur" or "3h" these say that it is a length of time. */
export const LENGTH_AFTER = set(
  'lang long durend geleden ago later before voor+ vooraf eerder early earlier stream marathon session sessie per straight of aan playtime each left remaining vertraging delay window break pauze rust away',
);
/** What goes on a number as digits or ends a sentence there. */
const POINTS = set('. , :');
/** "8/10" and "8-10" are no hours. */
const JOINS = set('/ -');
const HOUR_MARKS = set('u h uur hrs uhr');
const HALVES: ReadonlyMap<string, 'am' | 'pm'> = new Map([
  ['am', 'am'],
  ['pm', 'pm'],
]);
const HALF_LETTERS: ReadonlyMap<string, 'am' | 'pm'> = new Map([
  ['a', 'am'],
  ['p', 'pm'],
]);
/** After a bare hour these say that it was one. */
const AFTER_BARE = set(
  ". , ! ? ; ) ( - | : & • · ~ in on op for with voor met this tonight tomorrow today vandaag morgen vanavond sharp stipt o'clock and en we bij for to till until tot then dan vanaf from the de every elke next each gmt utc cet cest est in for is starts s our ons onze i'm i'll we'll we're ik jullie wij you everyone iedereen / join als if there daar or of @",
);
/** More tokens than these between a day and a time are more than filling. */
const BESIDE_MAX = 4;

/** Whether a token is two digits that may be minutes. */
export function isMinutes(token: Token | undefined): token is Token {
  return token?.kind === 'number' && token.raw.length === 2 && token.value <= 59;
}

/** A time of day from its figures; null when no clock shows it. */
export function timeOf(
  hour: number,
  minute: number,
  precision: Written['precision'],
  half: FoundHalf | null,
  to: number,
): Written | null {
  if (half !== null && (hour < 1 || hour > 12)) {
    // "19:30 pm" is a slip that says nothing else.
    return hour <= 23 && half.half === 'pm'
      ? { hour, minute, precision: 'exact', half: undefined, to }
      : null;
  }
  if (hour === 24 && minute === 0) return { hour: 0, minute, precision: 'exact', half: 'midnight', to };
  return hour > 23 ? null : { hour, minute, precision, half: half?.half, to };
}

/** "am", "p.m.", "PM" at a position. */
export function halfAt(tokens: readonly Token[], at: number): FoundHalf | null {
  const token = tokens[at];
  if (token?.kind !== 'word') return null;
  const whole = HALVES.get(token.text);
  if (whole !== undefined) return { half: whole, to: at + 1 };
  const half = HALF_LETTERS.get(token.text);
  const isDotted = textAt(tokens, at + 1) === '.' && tokens[at + 1]?.isGlued === true;
  if (half === undefined || !isDotted || textAt(tokens, at + 2) !== 'm') return null;
  return { half, to: textAt(tokens, at + 3) === '.' ? at + 4 : at + 3 };
}

/** The position behind "u", "uur" or "h"; null when none stands there. */
export function hourMark(tokens: readonly Token[], at: number): number | null {
  const token = tokens[at];
  return token?.kind === 'word' && !token.isFirst && HOUR_MARKS.has(token.text) ? at + 1 : null;
}

/** Whether what follows "at 8" leaves it a time: "at 8 euros" and "at 8.5" do not. */
export function isBareEnd(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at];
  if (next === undefined) return true;
  if (next.isGlued && (NOT_AFTER_GLUED.has(next.text) || next.kind === 'number')) return false;
  if (next.kind === 'gap' || next.kind === 'channel' || next.kind === 'stamp') return true;
  if (isGluedOneOf(tokens, at, POINTS)) return !isGluedNumber(tokens, at + 1);
  if (JOINS.has(next.text)) return tokens[at + 1]?.kind !== 'number';
  if (next.kind === 'mark') return !CURRENCIES.has(next.text) && next.text !== '%';
  return partAt(tokens, at) !== null || zoneAt(tokens, at) !== null || AFTER_BARE.has(next.text);
}

/** Whether only filling stands between two positions: "Friday, at | 20:00". */
export function isBeside(tokens: readonly Token[], from: number, to: number): boolean {
  if (to < from || to - from > BESIDE_MAX) return false;
  for (let index = from; index < to; index += 1)
    if (!isOneOf(tokens, index, BETWEEN_WORDS) && tokens[index]?.kind !== 'gap') return false;
  return true;
}
