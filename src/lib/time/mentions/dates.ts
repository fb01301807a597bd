import { absoluteAt } from './calendar-dates.ts';
import { dayOfMonthAt } from './days-of-month.ts';
import { partBehindDay } from './day-parts.ts';
import type { DateMention, PastMention } from './mention.ts';
import { pastDayAt } from './past-days.ts';
import { relativeAt } from './relative-dates.ts';
import { isOneOf, textAt, type Token } from './tokens.ts';
import { DATE_FILLERS, set } from './vocabulary.ts';
import { weekdayAt } from './weekday-dates.ts';

const FROM_WORDS = set(
  'from starting vanaf beginning startend beginnend beginnen begint as start startdatum starts',
);
const UNTIL_WORDS = set('until till through tot untill tem');
const SINCE = set('since sinds');
/** "first one on 8 April", "eerste keer op 9 maart" */
const FIRST = set('first eerste');
const ONE_OF_THEM = set('one keer time session sessie editie edition les lesson meeting avond run');
/** How many words may stand between "from" and its date. */
const FILLERS_MAX = 3;

/** The day that is named from token `at` on, or that something named there is over. */
export function dateAt(
  tokens: readonly Token[],
  at: number,
  isLabelled = false,
): DateMention | PastMention | null {
  const past = pastDayAt(tokens, at);
  if (past !== null) return past;
  const found =
    weekdayAt(tokens, at) ??
    absoluteAt(tokens, at, undefined, isLabelled) ??
    relativeAt(tokens, at) ??
    dayOfMonthAt(tokens, at);
  if (found === null) return null;
  if (isOneOf(tokens, at - 1, SINCE) && tokens[at]?.isFirst === false)
    return { kind: 'past', from: at, to: found.to };
  const part = found.part === undefined ? partBehindDay(tokens, found.to) : null;
  const { from, role } = introduction(tokens, at);
  return {
    kind: 'date',
    from,
    to: part?.to ?? found.to,
    day: found.day,
    part: found.part ?? part?.part,
    role,
  };
}

/** What "from", "until" and their like before a date make of it. */
function introduction(tokens: readonly Token[], at: number): Pick<DateMention, 'from' | 'role'> {
  let index = at - 1;
  while (
    index >= Math.max(0, at - FILLERS_MAX) &&
    (textAt(tokens, index) === ':' || isOneOf(tokens, index, DATE_FILLERS)) &&
    !tokens[index + 1]?.isFirst
  )
    index -= 1;
  if (tokens[index + 1]?.isFirst) return { from: at, role: 'on' };
  const word = textAt(tokens, index);
  const before = textAt(tokens, index - 1);
  if (FROM_WORDS.has(word) && (word !== 'as' || textAt(tokens, index + 1) === 'of'))
    return { from: index, role: 'from' };
  if (word === 'ingang' && before === 'met') return { from: index - 1, role: 'from' };
  if (UNTIL_WORDS.has(word)) return { from: index, role: 'until' };
  if (ONE_OF_THEM.has(word) && FIRST.has(before)) return { from: at, role: 'from' };
  return isUpToAndIncluding(tokens, index) ? { from: index - 2, role: 'until' } : { from: at, role: 'on' };
}

/** "tot en met 1 juni", "t/m 3 mei": whether that ends at a position. */
function isUpToAndIncluding(tokens: readonly Token[], at: number): boolean {
  const words = [at - 2, at - 1, at].map((index) => textAt(tokens, index)).join(' ');
  return words === 'tot en met' || words === 't / m';
}
