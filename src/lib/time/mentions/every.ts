import {
  ALL_DAYS,
  dayList,
  daysBehind,
  weekly,
  WEEKEND_DAYS,
  WORKING_DAYS,
  type FoundDays,
  type FoundRecurrence,
} from './day-lists.ts';
import { partWord } from './day-parts.ts';
import {
  behindOfMonth,
  everyNthOfMonth,
  MONTH_WORDS,
  monthlyBehind,
  ordinalAt,
  yearlyBehind,
} from './monthly-recurrences.ts';
import { isOneOf, textAt, type Token } from './tokens.ts';
import {
  DAY_UNITS,
  dayWord,
  EVERY_WORDS,
  NUMBER_WORDS,
  ON_WORDS,
  PARTS,
  set,
  WEEKDAY_GROUP,
  WEEKEND_GROUP,
} from './vocabulary.ts';

/** "every other Friday", "om de andere vrijdag" */
const OTHER = set('other andere');
const SECOND = set('second tweede 2nd');
const DAY = set('day dag');
const YEAR = set('year jaar');
const EXCEPT = set('except behalve');
const ENGLISH_EVERY = set('every each');
const COUNT_DIGITS_MAX = 2;
const DAYS_IN_WEEK = 7;

/** What "every", "elke" or "om de" makes come back, from token `at` on. */
export function everyAt(tokens: readonly Token[], at: number): FoundRecurrence | null {
  const every = textAt(tokens, at);
  if (every === 'om' && textAt(tokens, at + 1) === 'de') return alternating(tokens, at + 2);
  if (!EVERY_WORDS.has(every)) return null;
  const index = at + 1;
  const word = textAt(tokens, index);
  if (DAY.has(word) || (word === 'dagen' && every === 'alle')) return everyDay(tokens, index + 1);
  const part = PARTS.get(word);
  if (part !== undefined)
    return { rule: { every: 'day', interval: 1 }, part: word === 'night' ? 'evening' : part, to: index + 1 };
  if (WEEKDAY_GROUP.has(word)) return weekly({ days: WORKING_DAYS, part: undefined, to: index + 1 });
  if (WEEKEND_GROUP.has(word)) return weekly({ days: WEEKEND_DAYS, part: undefined, to: index + 1 });
  if (word === 'week') return weeksOn(tokens, index + 1, 1);
  if (MONTH_WORDS.has(word))
    return (
      monthlyBehind(tokens, index + 1) ?? { rule: { every: 'month', interval: 1, open: true }, to: index + 1 }
    );
  if (YEAR.has(word))
    return (
      yearlyBehind(tokens, index + 1) ?? { rule: { every: 'year', interval: 1, open: true }, to: index + 1 }
    );
  return (
    everyFewWeeks(tokens, index) ?? everyNth(tokens, index, every) ?? listed(dayList(tokens, index, true))
  );
}

function listed(days: FoundDays | null, interval = 1): FoundRecurrence | null {
  return days === null ? null : weekly(days, interval);
}

/** What may follow "every day": "evening", "except Sunday". */
function everyDay(tokens: readonly Token[], at: number): FoundRecurrence {
  const part = partWord(tokens, at);
  const to = part?.to ?? at;
  const isExcept = isOneOf(tokens, to, EXCEPT);
  const but = isExcept ? dayList(tokens, isOneOf(tokens, to + 1, ON_WORDS) ? to + 2 : to + 1, true) : null;
  if (but === null) return { rule: { every: 'day', interval: 1 }, part: part?.part, to };
  const days = ALL_DAYS.filter((day) => !but.days.includes(day));
  return weekly({ days, part: part?.part, to: but.to });
}

/** "om de week op vrijdag", "om de twee weken", "om de andere vrijdag". */
function alternating(tokens: readonly Token[], at: number): FoundRecurrence | null {
  if (textAt(tokens, at) === 'week') return listed(daysBehind(tokens, at + 1), 2);
  if (textAt(tokens, at) === 'dag') return { rule: { every: 'day', interval: 2 }, to: at + 1 };
  const weeks = everyFewWeeks(tokens, at);
  if (weeks !== null) return weeks;
  return isOther(tokens, at) ? listed(daysBehind(tokens, at + 1), 2) : null;
}

/** "two weeks on Friday", "andere week vrijdag", "other day". */
function everyFewWeeks(tokens: readonly Token[], at: number): FoundRecurrence | null {
  const interval = intervalAt(tokens, at);
  if (interval === undefined || interval < 1) return null;
  const unit = DAY_UNITS.get(textAt(tokens, at + 1));
  if (unit === 1) return { rule: { every: 'day', interval }, to: at + 2 };
  return unit === DAYS_IN_WEEK ? weeksOn(tokens, at + 2, interval) : null;
}

function intervalAt(tokens: readonly Token[], at: number): number | undefined {
  const token = tokens[at];
  if (token?.kind === 'number') return token.raw.length <= COUNT_DIGITS_MAX ? token.value : undefined;
  return NUMBER_WORDS.get(textAt(tokens, at)) ?? (isOther(tokens, at) ? 2 : undefined);
}

function isOther(tokens: readonly Token[], at: number): boolean {
  return isOneOf(tokens, at, OTHER) || isOneOf(tokens, at, SECOND);
}

/** Days behind "weekly" or "two weeks"; without them another word says which. */
export function weeksOn(tokens: readonly Token[], at: number, interval: number): FoundRecurrence {
  return (
    listed(daysBehind(tokens, at), interval) ?? { rule: { every: 'week', interval, open: true }, to: at }
  );
}

/** "first Monday", "other Friday", "last Sunday of the month", "15th". */
function everyNth(tokens: readonly Token[], at: number, every: string): FoundRecurrence | null {
  if (isOneOf(tokens, at, OTHER)) return listed(daysBehind(tokens, at + 1), 2);
  const ordinal = ordinalAt(tokens, at);
  if (ordinal === null) return null;
  const day = dayWord(textAt(tokens, ordinal.to));
  // "Every second Tuesday" is each other one, "elke tweede dinsdag" and "every second Tuesday of the month" are of the month.
  const isEachOther =
    ordinal.nth === 2 && ENGLISH_EVERY.has(every) && behindOfMonth(tokens, ordinal.to + 1) === null;
  if (day !== undefined && isEachOther)
    return weekly({ days: [day.weekday], part: day.part, to: ordinal.to + 1 }, 2);
  return everyNthOfMonth(tokens, ordinal);
}
