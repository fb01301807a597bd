import type { Weekday } from '../calendar.ts';
import type { RecurrenceMention, RecurrenceReference } from './mention.ts';
import type { Token } from './tokens.ts';
import {
  AND_WORDS,
  DAY_UNITS,
  dayWord,
  EVERY_WORDS,
  monthWord,
  NUMBER_WORDS,
  ORDINAL_ENDINGS,
  ORDINALS,
  PARTS,
  set,
  type PartOfDay,
} from './vocabulary.ts';

const DAILY = set('daily dagelijks everyday');
const WEEKLY = set('weekly wekelijks wekelijkse');
const BIWEEKLY = set('biweekly fortnightly tweewekelijks tweewekelijkse veertiendaags veertiendaagse');
const MONTHLY = set('monthly maandelijks maandelijkse');
const YEARLY = set('yearly annually annual jaarlijks jaarlijkse');
const WEEKDAY_GROUP = set(
  'weekday weekdays weekdag weekdagen workday workdays werkdag werkdagen schooldag schooldagen',
);
const WEEKEND_GROUP = set('weekend weekends weekeinde weekenden');
const OTHER = set('other andere second tweede 2nd');
const RANGE_WORDS = set('- – — to through thru tot');
const FILLERS = set('on op the de het , : of van in');
const MONTH_WORDS = set('month maand months');

const WORKING_DAYS: readonly Weekday[] = [0, 1, 2, 3, 4];

type Found = {
  readonly rule: RecurrenceReference;
  readonly part?: PartOfDay | undefined;
  readonly to: number;
};

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

const text = (tokens: readonly Token[], at: number): string => tokens[at]?.text ?? '';

function everyAt(tokens: readonly Token[], at: number): Found | null {
  if (text(tokens, at) === 'om' && text(tokens, at + 1) === 'de') return everyFewWeeks(tokens, at + 2, true);
  if (!EVERY_WORDS.has(text(tokens, at))) return null;
  const index = at + 1;
  const word = text(tokens, index);
  if (word === 'day' || word === 'dag' || (word === 'dagen' && text(tokens, at) === 'alle')) {
    const part = partWord(tokens, index + 1);
    const to = part?.to ?? index + 1;
    // "every day except Sunday"
    const but = set('except behalve').has(text(tokens, to))
      ? dayList(tokens, to + (set('on op').has(text(tokens, to + 1)) ? 2 : 1), true)
      : null;
    if (but !== null)
      return weekly(
        ([0, 1, 2, 3, 4, 5, 6] as const).filter((day) => !but.days.includes(day)),
        but.to,
        part?.part,
      );
    return { rule: { every: 'day' }, part: part?.part, to };
  }
  const part = PARTS.get(word);
  if (part !== undefined)
    return { rule: { every: 'day' }, part: word === 'night' ? 'evening' : part, to: index + 1 };
  if (WEEKDAY_GROUP.has(word)) return weekly(WORKING_DAYS, index + 1);
  if (WEEKEND_GROUP.has(word)) return weekly([5, 6], index + 1);
  if (word === 'week') {
    const days = daysAfter(tokens, index + 1);
    return days === null
      ? { rule: { every: 'week', interval: 1, open: true }, to: index + 1 }
      : weekly(days.days, days.to, days.part);
  }
  if (MONTH_WORDS.has(word))
    return (
      monthlyAfter(tokens, index + 1) ?? { rule: { every: 'month', interval: 1, open: true }, to: index + 1 }
    );
  if (word === 'year' || word === 'jaar')
    return (
      yearlyAfter(tokens, index + 1) ?? { rule: { every: 'year', interval: 1, open: true }, to: index + 1 }
    );
  return (
    everyFewWeeks(tokens, index, false) ??
    everyNth(tokens, index, text(tokens, at)) ??
    everyDays(tokens, index)
  );
}

/** "two weeks on Friday", "other Friday", "andere week vrijdag". */
function everyFewWeeks(tokens: readonly Token[], at: number, isOm: boolean): Found | null {
  if (isOm && text(tokens, at) === 'week') {
    const listed = daysAfter(tokens, at + 1);
    return listed === null ? null : weekly(listed.days, listed.to, listed.part, 2);
  }
  let interval =
    NUMBER_WORDS.get(text(tokens, at)) ??
    (tokens[at]?.kind === 'number' && (tokens[at]?.raw.length ?? 9) <= 2 ? tokens[at]?.value : undefined);
  let index = at + 1;
  if (interval === undefined && OTHER.has(text(tokens, at))) interval = 2;
  if (interval === undefined || interval < 1) return null;
  if (DAY_UNITS.get(text(tokens, index)) !== 7) {
    // "om de andere vrijdag", "every other Friday"; "every second Tuesday of the month" is read elsewhere.
    if (isOm && OTHER.has(text(tokens, at))) {
      const days = daysAfter(tokens, index);
      return days === null ? null : weekly(days.days, days.to, days.part, 2);
    }
    return null;
  }
  index += 1;
  const days = daysAfter(tokens, index);
  if (days === null) return { rule: { every: 'week', interval, open: true }, to: index };
  return weekly(days.days, days.to, days.part, interval);
}

/** "first Monday", "other Friday", "last Sunday of the month", "15th". */
function everyNth(tokens: readonly Token[], at: number, every: string): Found | null {
  const word = text(tokens, at);
  if (word === 'other' || word === 'andere') {
    const days = daysAfter(tokens, at + 1);
    return days === null ? null : weekly(days.days, days.to, days.part, 2);
  }
  const nth = ordinalAt(tokens, at);
  if (nth === null) return null;
  const day = dayWord(text(tokens, nth.to));
  if (day !== undefined && nth.nth <= 5) {
    const month = ofMonth(tokens, nth.to + 1);
    const isEnglishSecond = nth.nth === 2 && set('every each').has(every) && month === null;
    if (isEnglishSecond) return weekly([day.weekday], nth.to + 1, day.part, 2);
    return {
      rule: { every: 'month', nth: nth.all, weekday: day.weekday },
      part: day.part ?? partWord(tokens, nth.to + 1)?.part,
      to: month ?? nth.to + 1,
    };
  }
  const month = ofMonth(tokens, nth.to);
  if (nth.nth > 0 && nth.nth <= 31 && (month !== null || nth.isNumber))
    return { rule: { every: 'month', day: nth.nth }, to: month ?? nth.to };
  return null;
}

function everyDays(tokens: readonly Token[], at: number): Found | null {
  const days = dayList(tokens, at, true);
  return days === null ? null : weekly(days.days, days.to, days.part);
}

function weekly(days: readonly Weekday[], to: number, part?: PartOfDay, interval = 1): Found {
  return { rule: { every: 'week', interval, days: [...new Set(days)].sort((a, b) => a - b) }, part, to };
}

/** "daily", "weekly on Tuesdays", "wekelijkse", "monthly on the 15th", "on weekdays". */
function adverbAt(tokens: readonly Token[], at: number): Found | null {
  const word = text(tokens, at);
  // "telkens om 19u": on the days that are named beside it.
  if (set('telkens vaste').has(word)) return { rule: { every: 'week', interval: 1, open: true }, to: at + 1 };
  if (DAILY.has(word)) return { rule: { every: 'day' }, to: at + 1 };
  if (word === 'bi' && set('- weekly').has(text(tokens, at + 1))) {
    const to = text(tokens, at + 1) === '-' ? at + 3 : at + 2;
    return open(tokens, to, 2);
  }
  if (WEEKLY.has(word)) return open(tokens, at + 1, 1);
  if (BIWEEKLY.has(word)) return open(tokens, at + 1, 2);
  if (MONTHLY.has(word))
    return monthlyAfter(tokens, at + 1) ?? { rule: { every: 'month', interval: 1, open: true }, to: at + 1 };
  if (YEARLY.has(word))
    return yearlyAfter(tokens, at + 1) ?? { rule: { every: 'year', interval: 1, open: true }, to: at + 1 };
  if (set('weekdays weekdagen werkdagen workdays doordeweeks').has(word)) return weekly(WORKING_DAYS, at + 1);
  if (set('weekends weekenden').has(word)) return weekly([5, 6], at + 1);
  return null;
}

function open(tokens: readonly Token[], at: number, interval: number): Found {
  const days = daysAfter(tokens, at);
  return days === null
    ? { rule: { every: 'week', interval, open: true }, to: at }
    : weekly(days.days, days.to, days.part, interval);
}

/** "first Monday of every month", "laatste vrijdag van de maand", "de 15e van elke maand". */
function nthOfMonth(tokens: readonly Token[], at: number): Found | null {
  const nth = ordinalAt(tokens, at);
  if (nth === null) return null;
  const day = dayWord(text(tokens, nth.to));
  const month = ofMonth(tokens, day === undefined ? nth.to : nth.to + 1);
  if (month === null) return null;
  if (day !== undefined)
    return nth.nth > 5
      ? null
      : { rule: { every: 'month', nth: nth.all, weekday: day.weekday }, part: day.part, to: month };
  const isEvery = EVERY_WORDS.has(text(tokens, nth.to + 1));
  return isEvery && nth.nth > 0 && nth.nth <= 31
    ? { rule: { every: 'month', day: nth.nth }, to: month }
    : null;
}

interface Ordinal {
  readonly nth: number;
  /** "first and third" */
  readonly all: readonly number[];
  readonly to: number;
  readonly isNumber: boolean;
}

function ordinalAt(tokens: readonly Token[], at: number): Ordinal | null {
  const first = oneOrdinal(tokens, at);
  if (first === null) return null;
  const all = [first.nth];
  let { to } = first;
  while (AND_WORDS.has(text(tokens, to)) && all.length < 5) {
    const next = oneOrdinal(tokens, to + 1);
    if (next === null) break;
    all.push(next.nth);
    to = next.to;
  }
  return { nth: first.nth, all, to, isNumber: first.isNumber };
}

function oneOrdinal(
  tokens: readonly Token[],
  at: number,
): { nth: number; to: number; isNumber: boolean } | null {
  const token = tokens[at];
  if (token?.kind === 'number' && token.raw.length <= 2 && token.value >= 1 && token.value <= 31) {
    const ending = tokens[at + 1];
    return ending?.isGlued === true && ORDINAL_ENDINGS.has(ending.text)
      ? { nth: token.value, to: at + 2, isNumber: true }
      : null;
  }
  const nth = ORDINALS.get(token?.text ?? '');
  return nth === undefined ? null : { nth, to: at + 1, isNumber: false };
}

/** "of the month", "of every month", "van de maand", "van elke maand" at a position. */
function ofMonth(tokens: readonly Token[], at: number): number | null {
  if (!set('of van in').has(text(tokens, at))) return null;
  let index = at + 1;
  while (set('the de each every elke iedere').has(text(tokens, index)) && index < at + 3) index += 1;
  return MONTH_WORDS.has(text(tokens, index)) ? index + 1 : null;
}

/** "on the 15th", "op de eerste maandag", "the first Monday", ": first Thursday" behind "monthly". */
function monthlyAfter(tokens: readonly Token[], at: number): Found | null {
  let index = at;
  while (FILLERS.has(text(tokens, index)) && index < at + 4) index += 1;
  const nth = ordinalAt(tokens, index);
  if (nth === null) return null;
  const day = dayWord(text(tokens, nth.to));
  if (day !== undefined)
    return nth.nth > 5
      ? null
      : { rule: { every: 'month', nth: nth.all, weekday: day.weekday }, part: day.part, to: nth.to + 1 };
  return nth.nth > 0 && nth.isNumber ? { rule: { every: 'month', day: nth.nth }, to: nth.to } : null;
}

function yearlyAfter(tokens: readonly Token[], at: number): Found | null {
  let index = at;
  while (FILLERS.has(text(tokens, index)) && index < at + 3) index += 1;
  const [first, second] = [tokens[index], tokens[index + 1]];
  const day = first?.kind === 'number' ? first : second;
  const month = monthWord((first?.kind === 'number' ? second : first)?.text ?? '');
  if (day?.kind !== 'number' || month === undefined || day.value < 1 || day.value > 31) return null;
  return { rule: { every: 'year', month, day: day.value }, to: index + 2 };
}

/** "Tuesdays and Thursdays", "op maandagen", "'s maandags". */
function plurals(tokens: readonly Token[], at: number): Found | null {
  if (
    set('never nooit not niet except behalve').has(text(tokens, at - 1)) ||
    set('never nooit not niet except behalve').has(text(tokens, at - 2))
  )
    return null;
  const isGenitive = text(tokens, at) === "'" && text(tokens, at + 1) === 's';
  const first = dayWord(text(tokens, isGenitive ? at + 2 : at));
  if (first === undefined || !first.isPlural || tokens[isGenitive ? at + 2 : at]?.kind !== 'word')
    return null;
  const days = dayList(tokens, isGenitive ? at + 2 : at, true);
  return days === null ? null : weekly(days.days, days.to, days.part);
}

/** "Monday to Friday", "ma t/m vr", "ma-vr". */
function dayRange(tokens: readonly Token[], at: number): Found | null {
  const range = rangeOfDays(tokens, at);
  return range === null ? null : weekly(range.days, range.to);
}

/** "Training: ma, wo en vr 18:30": three days are no dates. */
function manyDays(tokens: readonly Token[], at: number): Found | null {
  if (dayWord(text(tokens, at)) === undefined) return null;
  const list = dayList(tokens, at, false);
  return list === null || new Set(list.days).size < 3 ? null : weekly(list.days, list.to, list.part);
}

function rangeOfDays(tokens: readonly Token[], at: number): { days: Weekday[]; to: number } | null {
  const first = tokens[at]?.kind === 'word' ? dayWord(text(tokens, at), true) : undefined;
  if (first === undefined) return null;
  let index = at + 1;
  if (text(tokens, index) === '.') index += 1;
  if (text(tokens, index) === 't' && text(tokens, index + 1) === '/' && text(tokens, index + 2) === 'm')
    index += 3;
  else if (RANGE_WORDS.has(text(tokens, index)))
    index += text(tokens, index + 1) === 'en' && text(tokens, index + 2) === 'met' ? 3 : 1;
  else return null;
  const last = dayWord(text(tokens, index), true);
  if (last === undefined) return null;
  const length = ((last.weekday - first.weekday + 7) % 7) + 1;
  if (length < 3) return null;
  const days = Array.from({ length }, (_, step) => ((first.weekday + step) % 7) as Weekday);
  return { days, to: index + 1 };
}

function listOf(tokens: readonly Token[], at: number): Found | null {
  if (WEEKEND_GROUP.has(text(tokens, at))) return weekly([5, 6], at + 1);
  if (WEEKDAY_GROUP.has(text(tokens, at))) return weekly(WORKING_DAYS, at + 1);
  if (set('alle all').has(text(tokens, at)) && DAY_UNITS.get(text(tokens, at + 1)) === 1)
    return { rule: { every: 'day' }, to: at + 2 };
  const days = dayList(tokens, at, true);
  return days === null ? null : weekly(days.days, days.to, days.part);
}

function daysAfter(
  tokens: readonly Token[],
  at: number,
): { days: Weekday[]; to: number; part: PartOfDay | undefined } | null {
  let index = at;
  while (
    (set('on op : , the de').has(text(tokens, index)) ||
      (text(tokens, index) === '-' && !tokens[index]?.isGlued)) &&
    index < at + 2
  )
    index += 1;
  return dayList(tokens, index, true);
}

/** Days of the week, with their separators: "di en do", "Mon/Wed/Fri", "maandag t/m donderdag". `isNamed`: short names count too. */
export function dayList(
  tokens: readonly Token[],
  at: number,
  isNamed: boolean,
): { days: Weekday[]; to: number; part: PartOfDay | undefined } | null {
  const days: Weekday[] = [];
  let index = at;
  let to = at;
  let part: PartOfDay | undefined;
  for (let turn = 0; turn < 8; turn += 1) {
    const range = rangeOfDays(tokens, index);
    if (range !== null) {
      days.push(...range.days);
      index = range.to;
    } else {
      const day = tokens[index]?.kind === 'word' ? dayWord(text(tokens, index), isNamed) : undefined;
      if (day === undefined) break;
      days.push(day.weekday);
      part = day.part ?? part;
      index += 1;
      const said = partWord(tokens, index);
      if (said !== null) {
        part = said.part;
        index = said.to;
      }
    }
    to = index;
    if (text(tokens, index) === '.' && tokens[index]?.isGlued) index += 1;
    while (
      index < to + 3 &&
      (AND_WORDS.has(text(tokens, index)) || set('/ | op on elke every').has(text(tokens, index)))
    )
      index += 1;
  }
  return days.length === 0 ? null : { days, to, part };
}

function partWord(tokens: readonly Token[], at: number): { part: PartOfDay; to: number } | null {
  const part = PARTS.get(text(tokens, at));
  if (part === undefined || tokens[at]?.isFirst) return null;
  return { part: text(tokens, at) === 'night' ? 'evening' : part, to: at + 1 };
}
