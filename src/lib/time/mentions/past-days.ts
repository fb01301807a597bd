import type { PastMention } from './mention.ts';
import { isOneOf, textAt, type Token } from './tokens.ts';
import { dayWord, LAST_WORDS, OF_OR_IN, PAST_WORDS, set } from './vocabulary.ts';

const LAST_WHAT = set('night week weekend month maand year jaar evening avond time keer nacht');

/** A day that is over: "yesterday", "last Friday", "vorige week dinsdag". */
export function pastDayAt(tokens: readonly Token[], at: number): PastMention | null {
  const token = tokens[at];
  if (token?.kind !== 'word') return null;
  if (PAST_WORDS.has(token.text.replace(/'s$/, ''))) return { kind: 'past', from: at, to: at + 1 };
  if (!LAST_WORDS.has(token.text) || tokens[at + 1]?.kind !== 'word') return null;
  const next = textAt(tokens, at + 1);
  // "last Friday of the month" is not over.
  if (dayWord(next) !== undefined && !isOneOf(tokens, at + 2, OF_OR_IN))
    return { kind: 'past', from: at, to: at + 2 };
  if (!LAST_WHAT.has(next)) return null;
  const isWeekday = next === 'week' && dayWord(textAt(tokens, at + 2)) !== undefined;
  return { kind: 'past', from: at, to: isWeekday ? at + 3 : at + 2 };
}
