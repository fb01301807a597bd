import {
  CUES,
  CURRENCIES,
  halfAt,
  hourMark,
  isBareEnd,
  isMinutes,
  LENGTH_AFTER,
  NOT_AFTER_GLUED,
  timeOf,
  type Written,
} from './clock-parts.ts';
import { rangeEnd } from './clock-ranges.ts';
import { partAt } from './day-parts.ts';
import { isGluedNumber, isGluedOneOf, isOneOf, textAt, type Token } from './tokens.ts';
import { OCLOCK, set } from './vocabulary.ts';

const LENGTH_UNITS = set('min mins minutes minuten sec seconds seconden km');
/** "finished in 12:34", "duurt 20:15", "the last 8:30" are lengths. */
const LENGTH_CUES = set(
  'in duurt duurde last laatste lasts lasted took takes duur duration pb binnen within',
);
const ARTICLES = set('the de het');
/** What makes a number behind it something else than a time: a decimal, an address, a price. */
const NOT_BEFORE = set('. : / , # € $ £ + = % ^ ~ x v _ \\');
/** After "Friday at 8" these say that it was no hour. */
const COUNTED = set(
  'euro euros dollar dollars people personen man leden members points punten km m meter meters degrees graden percent procent spots plaatsen players spelers',
);
/** Units that make "2 uur" or "3h" a length of time. */
const LENGTH_BEFORE = set(
  'over in binnen within gedurende duurt duur lasts takes for ongeveer ca circa approx ± ~ elke every per na after nog another last laatste first eerste extra full hele total totaal max maximaal minstens van+',
);
const COLON_OR_DOT = set(': .');
/** Behind minutes, before more digits: "20:15.3", "20:15:07". */
const GOES_ON = set('. : ,');
/** "20u15"; "hrs" stands behind whole hours only. */
const MINUTE_LETTERS = set('u h uur uhr');
/** A bare "6 uur" is more often a length of time; from here on it is a time. */
const EARLIEST_UNCUED_HOUR = 7;

/**
 * A time of day in figures: "20:15", "19.30", "20u15", "8pm", "20u", "8 uur", "at 8".
 * @param follows whether a day stands right before it.
 */
export function figuresAt(tokens: readonly Token[], at: number, follows: boolean): Written | null {
  const token = tokens[at];
  if (token?.kind !== 'number' || token.raw.length > 2) return null;
  const before = tokens[at - 1];
  if (token.isGlued && before !== undefined && (NOT_BEFORE.has(before.text) || before.kind === 'word'))
    return null;
  if (isOneOf(tokens, at - 1, CURRENCIES)) return null;
  // The second number of a decimal or of an address was refused above; what goes on behind this one is refused here.
  return withMinutes(tokens, at, follows) ?? wholeHour(tokens, at, follows);
}

function withMinutes(tokens: readonly Token[], at: number, follows: boolean): Written | null {
  const [hour, mark, minute] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (hour === undefined || mark === undefined || !isMinutes(minute)) return null;
  const isCued = follows || isOneOf(tokens, at - 1, CUES);
  if (isGluedOneOf(tokens, at + 1, COLON_OR_DOT) && minute.isGlued) {
    const end = endOfMinutes(tokens, at, isCued);
    return end === null ? null : timeOf(hour.value, minute.value, 'exact', end.half, end.to);
  }
  if (!MINUTE_LETTERS.has(mark.text)) return null;
  const isTogether = minute.isGlued || (mark.isGlued && isCued);
  return isTogether && !isOneOf(tokens, at - 1, LENGTH_CUES)
    ? timeOf(hour.value, minute.value, 'exact', null, at + 3)
    : null;
}

/** What stands behind "20:15" at `at`; null when it makes it something else than a time. */
function endOfMinutes(
  tokens: readonly Token[],
  at: number,
  isCued: boolean,
): { half: ReturnType<typeof halfAt>; to: number } | null {
  const half = halfAt(tokens, at + 3);
  if (half !== null) return { half, to: half.to };
  const to = behindSeconds(tokens, at + 3);
  if (to === null || goesOn(tokens, to)) return null;
  const behind = hourMark(tokens, to);
  const isUnmarked = behind === null && rangeEnd(tokens, to)?.hasUnit !== true;
  if (!isUnmarked) return { half, to: behind ?? to };
  if (textAt(tokens, at + 1) === '.' && !isCued) return null;
  if (isOneOf(tokens, at - 1, LENGTH_CUES)) return null;
  // "The 20:20 Visionaries" is a name.
  const isName = isOneOf(tokens, at - 1, ARTICLES) && /^\p{Lu}/u.test(tokens[to]?.raw ?? '');
  return isName ? null : { half, to };
}

/** Seconds belong to logs and videos, unless they are none. */
function behindSeconds(tokens: readonly Token[], at: number): number | null {
  const isSeconds = textAt(tokens, at) === ':' && tokens[at]?.isGlued === true && isMinutes(tokens[at + 1]);
  if (!isSeconds) return at;
  return tokens[at + 1]?.value === 0 ? at + 2 : null;
}

/** Whether "20:15" is the beginning of a ratio, a price, a length or a longer number. */
function goesOn(tokens: readonly Token[], at: number): boolean {
  return (
    isGluedOneOf(tokens, at, NOT_AFTER_GLUED) ||
    isGluedNumber(tokens, at) ||
    (isGluedOneOf(tokens, at, GOES_ON) && isGluedNumber(tokens, at + 1)) ||
    isOneOf(tokens, at, CURRENCIES) ||
    isOneOf(tokens, at, LENGTH_UNITS)
  );
}

function wholeHour(tokens: readonly Token[], at: number, follows: boolean): Written | null {
  const hour = tokens[at];
  if (hour === undefined) return null;
  const half = halfAt(tokens, at + 1);
  if (half !== null) return timeOf(hour.value, 0, 'exact', half, half.to);
  const isCued = isOneOf(tokens, at - 1, CUES);
  const marked = hourMark(tokens, at + 1);
  if (marked !== null) return markedHour(tokens, at, marked, { isCued, follows });
  const precision = hour.value > 12 ? 'exact' : 'bare';
  // "19-21u", "8-10pm", "van 19 tot 21 uur": the unit stands at the end.
  const range = rangeEnd(tokens, at + 1);
  if (range?.hasUnit && (isCued || follows || range.half !== undefined || range.to > at + 3))
    return timeOf(hour.value, 0, precision, null, at + 1);
  if (isOneOf(tokens, at + 1, OCLOCK)) return timeOf(hour.value, 0, 'bare', null, at + 2);
  if (hour.value > 23) return null;
  if ((isCued || follows) && partAt(tokens, at + 1) !== null)
    return timeOf(hour.value, 0, 'bare', null, at + 1);
  return isCued && isHourAlone(tokens, at + 1, follows)
    ? timeOf(hour.value, 0, precision, null, at + 1)
    : null;
}

/** "20u", "8 uur", "20 hrs"; not "2 uur lang", "in 3h". */
function markedHour(
  tokens: readonly Token[],
  at: number,
  to: number,
  { isCued, follows }: { readonly isCued: boolean; readonly follows: boolean },
): Written | null {
  const hour = tokens[at];
  if (hour === undefined || hour.value > 23 || isOneOf(tokens, to, LENGTH_AFTER)) return null;
  if (!isCued && !follows) {
    const isLength =
      textAt(tokens, at + 1) === 'hrs' ||
      isOneOf(tokens, at - 1, LENGTH_BEFORE) ||
      (hour.value < EARLIEST_UNCUED_HOUR && partAt(tokens, to) === null);
    if (isLength) return null;
  }
  return timeOf(hour.value, 0, hour.value > 12 || hour.raw.startsWith('0') ? 'exact' : 'bare', null, to);
}

/** Whether what stands behind "at 8" leaves it an hour. */
function isHourAlone(tokens: readonly Token[], at: number, follows: boolean): boolean {
  const next = tokens[at];
  if (next === undefined || next.isFirst) return true;
  if (follows && next.kind === 'word' && !next.isGlued && !COUNTED.has(next.text)) return true;
  return isBareEnd(tokens, at);
}
