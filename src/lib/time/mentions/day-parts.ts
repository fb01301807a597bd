import { isOneOf, textAt, type Token } from './tokens.ts';
import { PARTS, set, type PartOfDay } from './vocabulary.ts';

/** A part of the day that was read, and the position behind it. */
export interface FoundPart {
  readonly part: PartOfDay;
  readonly to: number;
}

/** "'s avonds" without its apostrophe. */
const WRITTEN_TOGETHER: ReadonlyMap<string, PartOfDay> = new Map([
  ['savonds', 'evening'],
  ['smorgens', 'morning'],
  ['sochtends', 'morning'],
  ['smiddags', 'afternoon'],
  ['snachts', 'night'],
]);
const THE = set('the de');

/** "in the evening", "'s avonds", "at night" said behind a time. */
export function partAt(tokens: readonly Token[], at: number): FoundPart | null {
  const first = tokens[at];
  if (first === undefined || first.isFirst) return null;
  if (first.text === 'in' && isOneOf(tokens, at + 1, THE) && tokens[at + 2] !== undefined)
    return found(PARTS.get(textAt(tokens, at + 2)), at + 3);
  if (first.text === "'" && tokens[at + 1] !== undefined) return genitivePart(tokens, at);
  if (first.text === 's' && tokens[at + 1] !== undefined)
    return found(PARTS.get(textAt(tokens, at + 1)), at + 2);
  const written = WRITTEN_TOGETHER.get(first.text);
  if (written !== undefined) return { part: written, to: at + 1 };
  return first.text === 'at' && textAt(tokens, at + 1) === 'night' ? { part: 'evening', to: at + 2 } : null;
}

/** "'s avonds", also where a sentence begins with it. */
export function genitivePart(tokens: readonly Token[], at: number): FoundPart | null {
  if (textAt(tokens, at) !== "'" || textAt(tokens, at + 1) !== 's') return null;
  return found(PARTS.get(textAt(tokens, at + 2)), at + 3);
}

/** "evening" right behind a day: "Friday evening", "vrijdag avond", "every Tuesday night". */
export function partWord(tokens: readonly Token[], at: number): FoundPart | null {
  if (tokens[at]?.isFirst) return null;
  const word = textAt(tokens, at);
  return found(word === 'night' ? 'evening' : PARTS.get(word), at + 1);
}

/** What a day's name is followed by: "Friday evening", "Friday in the evening". */
export function partBehindDay(tokens: readonly Token[], at: number): FoundPart | null {
  return partAt(tokens, at) ?? partWord(tokens, at);
}

function found(part: PartOfDay | undefined, to: number): FoundPart | null {
  return part === undefined ? null : { part, to };
}
