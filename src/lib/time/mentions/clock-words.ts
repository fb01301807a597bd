import { CUES, halfAt, isBareEnd, LENGTH_AFTER, timeOf, type Written } from './clock-parts.ts';
import { partAt } from './day-parts.ts';
import { isOneOf, textAt, type Token } from './tokens.ts';
import { CLOCK_UNITS, DAY_UNITS, MINUTE_WORDS, NUMBER_WORDS, set } from './vocabulary.ts';

const UNTIL = set('until till tot');
const HALF_PAST = set('past after');
const MINUTES_AFTER = set('past over after');
const MINUTES_BEFORE = set('to voor before');
/** "vijf voor acht minuten" counts minutes. */
const MINUTE_UNITS = set('minuten minutes min minuutjes');
const HOUR_UNITS = set("uur o'clock oclock");
/** Cues strong enough for an hour in words: "at eight", "om acht". */
const WORD_CUES = set('at om @ rond tegen');
/** "at one" and "om een" go on with many things. */
const ARTICLE_LIKE = set('een one');
const NOON = set('noon midday');
const MIDNIGHT = set('midnight middernacht');

/**
 * "half acht", "kwart voor negen", "tien over half acht", "half past seven", "acht uur", "noon", "midnight".
 * @param follows whether a day stands right before it.
 */
export function spokenAt(tokens: readonly Token[], at: number, follows: boolean): Written | null {
  const word = tokens[at];
  if (word === undefined) return null;
  if (NOON.has(word.text) || MIDNIGHT.has(word.text)) return namedHour(tokens, at, follows);
  if (word.text === 'half') return halfHour(tokens, at, follows);
  const isFromHour =
    MINUTE_WORDS.has(word.text) &&
    (isOneOf(tokens, at + 1, MINUTES_AFTER) || isOneOf(tokens, at + 1, MINUTES_BEFORE));
  return isFromHour ? minutesFromHour(tokens, at) : hourInWords(tokens, at, follows);
}

function namedHour(tokens: readonly Token[], at: number, follows: boolean): Written | null {
  const isSaid =
    follows ||
    tokens[at]?.isFirst === true ||
    isOneOf(tokens, at - 1, CUES) ||
    isOneOf(tokens, at - 1, UNTIL);
  if (!isSaid) return null;
  return isOneOf(tokens, at, NOON)
    ? { hour: 12, minute: 0, precision: 'exact', half: undefined, to: at + 1 }
    : { hour: 0, minute: 0, precision: 'exact', half: 'midnight', to: at + 1 };
}

/** "half acht", "half past seven". */
function halfHour(tokens: readonly Token[], at: number, follows: boolean): Written | null {
  const isPast = isOneOf(tokens, at + 1, HALF_PAST);
  const hour = hourWord(tokens, isPast ? at + 2 : at + 1);
  if (hour === null) return null;
  if (isPast) return spoken(hour.hour, 30, hour.to);
  const isFigure = tokens[at + 1]?.kind === 'number';
  return isFigure && !follows && !isOneOf(tokens, at - 1, CUES) ? null : spoken(hour.hour - 1, 30, hour.to);
}

/** "kwart voor negen", "tien over half acht". */
function minutesFromHour(tokens: readonly Token[], at: number): Written | null {
  const minutes = MINUTE_WORDS.get(textAt(tokens, at)) ?? 0;
  const isAfter = isOneOf(tokens, at + 1, MINUTES_AFTER);
  const isHalf = textAt(tokens, at + 2) === 'half';
  const hour = hourWord(tokens, isHalf ? at + 3 : at + 2);
  if (hour === null || isOneOf(tokens, hour.to, MINUTE_UNITS)) return null;
  const base = hour.hour * 60 - (isHalf ? 30 : 0) + (isAfter ? minutes : -minutes);
  return spoken(Math.floor(base / 60), base % 60, hour.to);
}

/** "acht uur", "eight o'clock", "eight pm", "at eight". */
function hourInWords(tokens: readonly Token[], at: number, follows: boolean): Written | null {
  const hour = NUMBER_WORDS.get(textAt(tokens, at));
  if (hour === undefined) return null;
  const isSaid = follows || isOneOf(tokens, at - 1, CUES) || partAt(tokens, at + 2) !== null;
  if (isOneOf(tokens, at + 1, HOUR_UNITS) && isSaid && !isOneOf(tokens, at + 2, LENGTH_AFTER))
    return spoken(hour, 0, at + 2);
  const half = halfAt(tokens, at + 1);
  if (half !== null) return timeOf(hour, 0, 'exact', half, half.to);
  const isBare =
    !isOneOf(tokens, at, ARTICLE_LIKE) && isOneOf(tokens, at - 1, WORD_CUES) && isBareEnd(tokens, at + 1);
  return isBare ? spoken(hour, 0, at + 1) : null;
}

function spoken(hour: number, minute: number, to: number): Written {
  return { hour: (hour + 24) % 24, minute, precision: 'spoken', half: undefined, to };
}

function hourWord(tokens: readonly Token[], at: number): { hour: number; to: number } | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const isFigure = token.kind === 'number' && token.raw.length <= 2;
  const hour = NUMBER_WORDS.get(token.text) ?? (isFigure ? token.value : undefined);
  if (hour === undefined || hour < 1 || hour > 12) return null;
  const unit = textAt(tokens, at + 1);
  if (unit === 'uur') return { hour, to: at + 2 };
  return DAY_UNITS.has(unit) || CLOCK_UNITS.has(unit) ? null : { hour, to: at + 1 };
}
