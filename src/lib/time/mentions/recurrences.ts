import {
  dayList,
  rangeOfDays,
  weekly,
  WEEKEND_DAYS,
  WORKING_DAYS,
  type FoundRecurrence,
} from './day-lists.ts';
import { everyAt, weeksOn } from './every.ts';
import type { RecurrenceMention } from './mention.ts';
import { monthlyBehind, nthOfMonth, yearlyBehind } from './monthly-recurrences.ts';
import { isOneOf, textAt, type Token } from './tokens.ts';
import { DAY_UNITS, dayWord, set, WEEKDAY_GROUP, WEEKEND_GROUP } from './vocabulary.ts';

const DAILY = set('daily dagelijks everyday');
const WEEKLY = set('weekly wekelijks wekelijkse');
const BIWEEKLY = set('biweekly fortnightly tweewekelijks tweewekelijkse veertiendaags veertiendaagse');
const MONTHLY = set('monthly maandelijks maandelijkse');
const YEARLY = set('yearly annually annual jaarlijks jaarlijkse');
/** "telkens om 19u": on the days that are named beside it. */
const EACH_TIME = set('telkens vaste');
/** Alone, without "every", only these are always days that come back. */
const ON_WORKING_DAYS = set('weekdays weekdagen werkdagen workdays doordeweeks');
const ON_WEEKENDS = set('weekends weekenden');
/** "never on Sundays" */
const NEVER = set('never nooit not niet except behalve');
const ALL = set('alle all');
/** Two days may be two dates; three come back. */
const MANY_DAYS = 3;

/** What comes back, from token `at` on. `isList`: a label says that days of the week follow. */
export function recurrenceAt(tokens: readonly Token[], at: number, isList = false): RecurrenceMention | null {
  const found =
    everyAt(tokens, at) ??
    adverbAt(tokens, at) ??
    nthOfMonth(tokens, at) ??
    plurals(tokens, at) ??
    dayRange(tokens, at) ??
    manyDays(tokens, at) ??
    (isList ? listOf(tokens, at) : null);
  if (found === null) return null;
  return { kind: 'recurrence', from: at, to: found.to, rule: found.rule, part: found.part };
}

/** "daily", "weekly on Tuesdays", "wekelijkse", "monthly on the 15th", "on weekdays". */
function adverbAt(tokens: readonly Token[], at: number): FoundRecurrence | null {
  const word = textAt(tokens, at);
  if (EACH_TIME.has(word)) return { rule: { every: 'week', interval: 1, open: true }, to: at + 1 };
  if (DAILY.has(word)) return { rule: { every: 'day', interval: 1 }, to: at + 1 };
  if (word === 'bi' && textAt(tokens, at + 1) === '-') return weeksOn(tokens, at + 3, 2);
  if (word === 'bi' && textAt(tokens, at + 1) === 'weekly') return weeksOn(tokens, at + 2, 2);
  if (WEEKLY.has(word)) return weeksOn(tokens, at + 1, 1);
  if (BIWEEKLY.has(word)) return weeksOn(tokens, at + 1, 2);
  if (MONTHLY.has(word))
    return monthlyBehind(tokens, at + 1) ?? { rule: { every: 'month', interval: 1, open: true }, to: at + 1 };
  if (YEARLY.has(word))
    return yearlyBehind(tokens, at + 1) ?? { rule: { every: 'year', interval: 1, open: true }, to: at + 1 };
  if (ON_WORKING_DAYS.has(word)) return weekly({ days: WORKING_DAYS, part: undefined, to: at + 1 });
  if (ON_WEEKENDS.has(word)) return weekly({ days: WEEKEND_DAYS, part: undefined, to: at + 1 });
  return null;
}

/** "Tuesdays and Thursdays", "op maandagen", "'s maandags". */
function plurals(tokens: readonly Token[], at: number): FoundRecurrence | null {
  if (isOneOf(tokens, at - 1, NEVER) || isOneOf(tokens, at - 2, NEVER)) return null;
  const isGenitive = textAt(tokens, at) === "'" && textAt(tokens, at + 1) === 's';
  const index = isGenitive ? at + 2 : at;
  const isPlural = tokens[index]?.kind === 'word' && dayWord(textAt(tokens, index))?.isPlural === true;
  const days = isPlural ? dayList(tokens, index, true) : null;
  return days === null ? null : weekly(days);
}

/** "Monday to Friday", "ma t/m vr", "ma-vr". */
function dayRange(tokens: readonly Token[], at: number): FoundRecurrence | null {
  const range = rangeOfDays(tokens, at);
  return range === null ? null : weekly(range);
}

/** "Training: ma, wo en vr 18:30": three days are no dates. */
function manyDays(tokens: readonly Token[], at: number): FoundRecurrence | null {
  if (dayWord(textAt(tokens, at)) === undefined) return null;
  const list = dayList(tokens, at, false);
  return list === null || new Set(list.days).size < MANY_DAYS ? null : weekly(list);
}

/** Behind a label for days: "ma, wo", "weekend", "alle dagen". */
function listOf(tokens: readonly Token[], at: number): FoundRecurrence | null {
  const word = textAt(tokens, at);
  if (WEEKEND_GROUP.has(word)) return weekly({ days: WEEKEND_DAYS, part: undefined, to: at + 1 });
  if (WEEKDAY_GROUP.has(word)) return weekly({ days: WORKING_DAYS, part: undefined, to: at + 1 });
  if (ALL.has(word) && DAY_UNITS.get(textAt(tokens, at + 1)) === 1)
    return { rule: { every: 'day', interval: 1 }, to: at + 2 };
  const days = dayList(tokens, at, true);
  return days === null ? null : weekly(days);
}
