import type {
  ClockMention,
  DateMention,
  InstantMention,
  Mention,
  RecurrenceMention,
} from '#lib/time/mentions/mention';
import { isOneOf, textAt } from '#lib/time/mentions/tokens';
import { set } from '#lib/time/mentions/vocabulary';
import type { ReadingContext } from './read.ts';
import type { Sentence } from './sentences.ts';

/** A mention where it stands. */
export interface Spot<M extends Mention = Mention> {
  readonly sentence: Sentence;
  /** Of the sentence among all. */
  readonly index: number;
  readonly mention: M;
}

/** What a post says about time, by kind, in its order. */
export interface Moments {
  readonly sentences: readonly Sentence[];
  readonly context: ReadingContext;
  readonly clocks: readonly Spot<ClockMention>[];
  readonly dates: readonly Spot<DateMention>[];
  readonly recurrences: readonly Spot<RecurrenceMention>[];
  readonly instants: readonly Spot<InstantMention>[];
  /** The sentences that name a day that is over. */
  readonly over: ReadonlySet<number>;
}

const END_BEFORE = set(
  'until till tot untill einde end ends eindigt eindigen sluit sluiten closes gedaan finished finish',
);
/** Between "instead of" and the moment. */
const FILLERS = set('om at op on the de');
const FROM = set('from van');
const TO = set('to naar');
const QUOTE = /^["\u201C\u201D\u201E]$/;
/** A quotation that ends farther behind is none. */
const QUOTE_TOKENS_MAX = 12;

/** The moments of a post; those that are given up, quoted, or the end of something are none. */
export function momentsOf(sentences: readonly Sentence[], context: ReadingContext): Moments {
  const clocks: Spot<ClockMention>[] = [];
  const dates: Spot<DateMention>[] = [];
  const recurrences: Spot<RecurrenceMention>[] = [];
  const instants: Spot<InstantMention>[] = [];
  const over = new Set<number>();
  for (const [index, sentence] of sentences.entries())
    for (const mention of sentence.mentions) {
      if (mention.kind === 'past') over.add(index);
      if (isInQuotes(sentence, mention) || isReplaced(sentence, mention)) continue;
      if (mention.kind === 'date') dates.push({ sentence, index, mention });
      else if (mention.kind === 'recurrence') recurrences.push({ sentence, index, mention });
      else if (mention.kind === 'instant') instants.push({ sentence, index, mention });
      else if (mention.kind === 'clock' && !isEnd(sentence, mention))
        clocks.push({ sentence, index, mention });
    }
  return { sentences, context, clocks, dates, recurrences, instants, over };
}

/** The words of a mention as they were written. */
export function wordsOf({ sentence, mention }: Spot): string {
  const first = sentence.tokens[mention.from];
  const last = sentence.tokens[mention.to - 1];
  return first === undefined || last === undefined ? '' : sentence.text.slice(first.start, last.end);
}

/** Whether a day is named that is ahead for certain, rather than one that comes each week. */
export function isDated(spots: readonly Spot[]): boolean {
  return spots.some(
    ({ mention }) =>
      mention.kind === 'instant' ||
      (mention.kind === 'recurrence' && !('open' in mention.rule)) ||
      (mention.kind === 'date' && (mention.day.is !== 'weekday' || mention.day.which !== 'bare')),
  );
}

/** "until 22:00", "ends at 22:00", "tot vrijdag 22u". */
function isEnd({ role, tokens, from, mentions }: Sentence, clock: ClockMention): boolean {
  if (role === 'end') return true;
  if (clock.from > from && isOneOf(tokens, clock.from - 1, END_BEFORE)) return true;
  return mentions.some(
    (other) =>
      other.kind === 'date' && other.role === 'until' && other.to <= clock.from && clock.from - other.to <= 1,
  );
}

/** "21:00 instead of 20:00", "moved from Wednesday 20:00 to Thursday 21:00": the moment that is given up. */
function isReplaced({ tokens, from, to, signs }: Sentence, { from: at }: Mention): boolean {
  const first = isOneOf(tokens, at - 1, FILLERS) ? at - 1 : at;
  const [before, last] = [textAt(tokens, first - 2), textAt(tokens, first - 1)];
  const isInstead =
    (before === 'instead' && last === 'of') || (before === 'plaats' && last === 'van') || last === 'ipv';
  if (isInstead) return true;
  if (!signs.isMoved) return false;
  let isBehindFrom = false;
  for (let index = from; index <= at; index += 1) {
    if (isOneOf(tokens, index, FROM)) isBehindFrom = true;
    if (isOneOf(tokens, index, TO)) isBehindFrom = false;
  }
  return isBehindFrom && tokens.slice(at, to).some(({ text }) => TO.has(text));
}

/** Words inside double quotes are what somebody else says or types. */
function isInQuotes({ tokens, from, to }: Sentence, mention: Mention): boolean {
  const quotes = (begin: number, end: number): number =>
    tokens.slice(begin, end).filter(({ text }) => QUOTE.test(text)).length;
  return (
    quotes(from, mention.from) % 2 === 1 &&
    quotes(mention.to, Math.min(to, mention.to + QUOTE_TOKENS_MAX)) > 0
  );
}
