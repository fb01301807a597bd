import { clockAt, isBeside, partAt } from './clock-times.ts';
import { dateAt } from './dates.ts';
import type { InstantMention, Mention, PastMention } from './mention.ts';
import { recurrenceAt } from './recurrences.ts';
import type { Token } from './tokens.ts';
import { CLOCK_UNITS, DAY_UNITS, NUMBER_WORDS, PARTS, set } from './vocabulary.ts';

/** What a label before a text announces. */
export type Label = 'days' | 'time' | 'date';

/**
 * Everything in a text that says when, in the order of the text, without overlaps. Each reader looks at a bounded number of tokens,
 * so the whole is linear.
 * @param label makes weak forms ("14.00", "31/12", "ma wo") what it announces.
 */
export function findMentions(tokens: readonly Token[], label: Label | null = null): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < tokens.length;) {
    const mention = mentionAt(tokens, at, mentions.at(-1), label);
    if (mention === null) at += 1;
    else {
      mentions.push(mention);
      at = Math.max(at + 1, mention.to);
    }
  }
  return mentions;
}

function mentionAt(
  tokens: readonly Token[],
  at: number,
  last: Mention | undefined,
  label: Label | null,
): Mention | null {
  const token = tokens[at];
  if (token === undefined || token.kind === 'gap' || token.kind === 'channel') return null;
  if (token.kind === 'stamp')
    return { kind: 'instant', from: at, to: at + 1, at: { is: 'stamp', seconds: token.value } };
  const elapsed = elapsedAt(tokens, at);
  if (elapsed !== null) return elapsed;
  const recurrence = recurrenceAt(tokens, at, label === 'days');
  if (recurrence !== null) return recurrence;
  const date = dateAt(tokens, at, label === 'date');
  if (date !== null) return date;
  const follows =
    ((label === 'time' || label === 'date') && at === 0) ||
    (last !== undefined &&
      (last.kind === 'date' || last.kind === 'recurrence' || last.kind === 'part') &&
      isBeside(tokens, last.to, at));
  const clock = clockAt(tokens, at, follows);
  if (clock !== null) return clock;
  const part = partAt(tokens, at) ?? compoundPart(tokens, at);
  return part === null ? null : { kind: 'part', from: at, to: part.to, part: part.part };
}

/** "'s avonds" at the beginning of a sentence. */
function compoundPart(tokens: readonly Token[], at: number) {
  if (tokens[at]?.text !== "'" || tokens[at + 1]?.text !== 's') return null;
  const part = PARTS.get(tokens[at + 2]?.text ?? '');
  return part === undefined ? null : { part, to: at + 3 };
}

const AHEAD_WORDS = set('in over binnen within');
const PAST_MARKS = set('ago geleden terug earlier');

/** "in 2 hours", "over anderhalf uur", "binnen een kwartier", "an hour from now", and "2 hours ago". */
function elapsedAt(tokens: readonly Token[], at: number): InstantMention | PastMention | null {
  const isAhead = AHEAD_WORDS.has(tokens[at]?.text ?? '');
  let index = isAhead ? at + 1 : at;
  while (
    isAhead &&
    set('about ongeveer ca circa just exact exactly nog over').has(tokens[index]?.text ?? '') &&
    index < at + 3
  )
    index += 1;
  const length = lengthAt(tokens, index);
  if (length === null) return dayAgo(tokens, at);
  if (PAST_MARKS.has(tokens[length.to]?.text ?? '')) return { kind: 'past', from: at, to: length.to + 1 };
  const isFromNow =
    set('from vanaf').has(tokens[length.to]?.text ?? '') &&
    set('now nu').has(tokens[length.to + 1]?.text ?? '');
  if (!isAhead && !isFromNow) return null;
  const to = isFromNow ? length.to + 2 : length.to;
  return { kind: 'instant', from: at, to, at: { is: 'minutes-ahead', minutes: length.minutes } };
}

function dayAgo(tokens: readonly Token[], at: number): PastMention | null {
  const token = tokens[at];
  const count = token?.kind === 'number' || NUMBER_WORDS.has(token?.text ?? '') || token?.text === 'a';
  if (!count || !DAY_UNITS.has(tokens[at + 1]?.text ?? '') || !PAST_MARKS.has(tokens[at + 2]?.text ?? ''))
    return null;
  return { kind: 'past', from: at, to: at + 3 };
}

const HALF_WORDS = set('half halve halfuur halfuurtje');

function lengthAt(tokens: readonly Token[], at: number): { minutes: number; to: number } | null {
  const word = tokens[at]?.text ?? '';
  const next = tokens[at + 1]?.text ?? '';
  if (word === 'anderhalf' && CLOCK_UNITS.get(next) === 60) return { minutes: 90, to: at + 2 };
  if (set('een a an 1').has(word) && set('halfuur halfuurtje').has(next)) return { minutes: 30, to: at + 2 };
  if (set('een a an').has(word) && HALF_WORDS.has(next) && CLOCK_UNITS.get(tokens[at + 2]?.text ?? '') === 60)
    return { minutes: 30, to: at + 3 };
  if (word === 'half' && set('an a').has(next) && tokens[at + 2]?.text === 'hour')
    return { minutes: 30, to: at + 3 };
  if (word === 'half' && next === 'hour') return { minutes: 30, to: at + 2 };
  if (set('a een').has(word) && next === 'kwartier') return { minutes: 15, to: at + 2 };
  const count = amountAt(tokens, at);
  if (count === null) return null;
  const unit = CLOCK_UNITS.get(tokens[count.to]?.text ?? '');
  if (unit === undefined || count.amount * unit > 60 * 24 * 60) return null;
  const minutes = count.amount * unit;
  const to = count.to + 1;
  // "2 hours and 30 minutes", "an hour and a half", "1h30".
  const isAnd = set('and en').has(tokens[to]?.text ?? '');
  if (
    isAnd &&
    unit === 60 &&
    set('a een').has(tokens[to + 1]?.text ?? '') &&
    HALF_WORDS.has(tokens[to + 2]?.text ?? '')
  )
    return { minutes: minutes + 30, to: to + 3 };
  const more = amountAt(tokens, isAnd ? to + 1 : to);
  if (more !== null && unit === 60 && CLOCK_UNITS.get(tokens[more.to]?.text ?? '') === 1)
    return { minutes: minutes + more.amount, to: more.to + 1 };
  return { minutes, to };
}

function amountAt(tokens: readonly Token[], at: number): { amount: number; to: number } | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (set('a an').has(token.text)) return { amount: 1, to: at + 1 };
  const word = NUMBER_WORDS.get(token.text);
  if (word !== undefined) return { amount: word, to: at + 1 };
  if (token.kind !== 'number' || token.raw.length > 4) return null;
  const [mark, decimal] = [tokens[at + 1], tokens[at + 2]];
  if (
    mark?.isGlued &&
    (mark.text === '.' || mark.text === ',') &&
    decimal?.isGlued &&
    decimal.kind === 'number' &&
    decimal.raw.length === 1
  )
    return { amount: token.value + decimal.value / 10, to: at + 3 };
  return { amount: token.value, to: at + 1 };
}
