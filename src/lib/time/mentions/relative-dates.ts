import type { Weekday } from '../calendar.ts';
import type { FoundDay } from './mention.ts';
import { isOneOf, textAt, type Token } from './tokens.ts';
import {
  AHEAD_WORDS,
  DAY_UNITS,
  DAY_WORDS,
  dayWord,
  NUMBER_WORDS,
  ON_WORDS,
  PARTS,
  set,
  THIS_ONE,
} from './vocabulary.ts';

/** "goede morgen", "elke morgen": behind these "morgen" is the morning. */
const BEFORE_MORNING = set('goede goeie goei good goeden goe gm de the deze elke van');
const NOW = set('now today');
/** "a week from now", "'n week" */
const ONE = set('a an n');
/** Farther ahead, "in 3000 days" is no date of an event. */
const DAYS_AHEAD_MAX = 366;

/** "today", "morgenavond", "this evening", "the day after tomorrow", "over drie dagen", "in two weeks on Friday". */
export function relativeAt(tokens: readonly Token[], at: number): FoundDay | null {
  const token = tokens[at];
  if (token?.kind !== 'word') return null;
  const isMorning = token.text === 'morgen' && isOneOf(tokens, at - 1, BEFORE_MORNING);
  if (isMorning) return null;
  // "today's", "tomorrow's" belong to what they name all the same.
  const word = DAY_WORDS.get(token.text) ?? DAY_WORDS.get(token.text.replace(/'s$/, ''));
  if (word !== undefined) return ahead(word.ahead, at + 1, word.part);
  if (THIS_ONE.has(token.text)) {
    const part = PARTS.get(textAt(tokens, at + 1));
    return part === undefined ? null : ahead(0, at + 2, part);
  }
  if (token.text === 'day' && textAt(tokens, at + 1) === 'after' && textAt(tokens, at + 2) === 'tomorrow')
    return ahead(2, at + 3);
  return AHEAD_WORDS.has(token.text) ? daysAhead(tokens, at) : daysFromNow(tokens, at);
}

/** "over drie dagen", "in two weeks on Friday". */
function daysAhead(tokens: readonly Token[], at: number): FoundDay | null {
  const days = lengthInDays(tokens, at + 1);
  return days === null || days > DAYS_AHEAD_MAX ? null : aheadOn(tokens, days, at + 3);
}

/** "two weeks from now". */
function daysFromNow(tokens: readonly Token[], at: number): FoundDay | null {
  const days = lengthInDays(tokens, at);
  const isFromNow = textAt(tokens, at + 2) === 'from' && isOneOf(tokens, at + 3, NOW);
  return days === null || !isFromNow ? null : aheadOn(tokens, days, at + 4);
}

function lengthInDays(tokens: readonly Token[], at: number): number | null {
  const count = countOf(tokens[at]);
  const unit = DAY_UNITS.get(textAt(tokens, at + 1));
  return count === undefined || unit === undefined ? null : count * unit;
}

/** A small number in figures or words. */
export function countOf(token: Token | undefined): number | undefined {
  if (token === undefined) return undefined;
  if (ONE.has(token.text)) return 1;
  if (token.kind === 'number') return token.raw.length <= 3 && token.value > 0 ? token.value : undefined;
  return NUMBER_WORDS.get(token.text);
}

function ahead(days: number, to: number, part?: FoundDay['part']): FoundDay {
  return { day: { is: 'ahead', days, weekday: undefined }, part, to };
}

/** Days ahead, with the day of the week that may stand behind them. */
function aheadOn(tokens: readonly Token[], days: number, at: number): FoundDay {
  const index = isOneOf(tokens, at, ON_WORDS) ? at + 1 : at;
  const named = dayWord(textAt(tokens, index));
  const isDay = named !== undefined && !named.isAmbiguous && !named.isPlural;
  const weekday: Weekday | undefined = isDay ? named.weekday : undefined;
  return { day: { is: 'ahead', days, weekday }, to: isDay ? index + 1 : at };
}
