// oxlint-disable-next-line import/default -- CommonJS, of which Node sees the default alone; its types are those of its other form
import rrule from 'rrule';
import { addDays, utcMsOf, WEEKDAYS, type Weekday } from './calendar.ts';

const { RRule } = rrule;

/** The table's own limit. */
const RULE_TEXT_MAX = 200;
const INTERVAL_MAX = 99;
/** A rule that gives no date for as long (30 February) never gives one: the longest interval is 99 years. */
const HORIZON_YEARS = 100;
const DAY_MS = 86_400_000;
const DAYS_PER_WEEK = 7;
const MONTHS_PER_YEAR = 12;

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const DAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const DAY_PART = /^(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/;

/** A day of the week, or with an ordinal the first to fifth of them in a month, −1 the last. */
export interface RuleDay {
  readonly ordinal: number | null;
  readonly day: Weekday;
}

/** On which dates something recurs; a subset of RFC 5545 that can be said in words. */
export interface RecurrenceRule {
  readonly frequency: (typeof FREQUENCIES)[number];
  /** Every how many days, weeks (from Monday), months or years, 1–99. */
  readonly interval: number;
  readonly byDay: readonly RuleDay[];
  /** Days of the month, 1–31, −1 for the last. A month without that day is skipped, as the RFC has it. */
  readonly byMonthDay: readonly number[];
  /** Months, 1–12. */
  readonly byMonth: readonly number[];
}

/**
 * Reads a rule as {@link ruleText} writes it: DAILY; WEEKLY with BYDAY; MONTHLY with BYMONTHDAY or with days that have an ordinal;
 * YEARLY with BYMONTH and one of these. INTERVAL goes with each.
 * @returns null for anything else, also where the RFC would have a meaning for it.
 */
export function parseRule(text: string): RecurrenceRule | null {
  if (text.length > RULE_TEXT_MAX) return null;
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const [name = '', value = '', ...more] = part.split('=');
    if (more.length > 0 || value === '' || parts.has(name)) return null;
    parts.set(name, value);
  }
  const take = (name: string): string | undefined => {
    const value = parts.get(name);
    parts.delete(name);
    return value;
  };
  const frequency = FREQUENCIES.find((one) => one === parts.get('FREQ'));
  take('FREQ');
  const interval = numbersOf(take('INTERVAL') ?? '1', 1, INTERVAL_MAX);
  const byDay = daysOf(take('BYDAY'));
  const byMonthDay = numbersOf(take('BYMONTHDAY'), -1, 31);
  const byMonth = numbersOf(take('BYMONTH'), 1, MONTHS_PER_YEAR);
  if (frequency === undefined || interval?.length !== 1 || parts.size > 0) return null;
  if (byDay === null || byMonthDay === null || byMonth === null) return null;
  const rule = { frequency, interval: interval[0] ?? 1, byDay, byMonthDay, byMonth };
  return isSayable(rule) ? rule : null;
}

/** A rule as it is stored. */
export function ruleText({ frequency, interval, byDay, byMonthDay, byMonth }: RecurrenceRule): string {
  const days = byDay.map(({ ordinal, day }) => `${ordinal ?? ''}${DAY_CODES[day]}`);
  const list = (name: string, values: readonly (string | number)[]): string =>
    values.length === 0 ? '' : `;${name}=${values.join(',')}`;
  return `FREQ=${frequency}${interval === 1 ? '' : `;INTERVAL=${interval}`}${list('BYMONTH', byMonth)}${list('BYMONTHDAY', byMonthDay)}${list('BYDAY', days)}`;
}

/**
 * The first date of a rule strictly after `after` and not before `from`; null when there is none within a hundred years.
 * @param from the date from which intervals count, `YYYY-MM-DD`.
 * @throws RangeError when one of the dates does not exist.
 */
export function nextRuleDate(rule: RecurrenceRule, from: string, after: string): string | null {
  const last = after < from ? addDays(from, -1) : after;
  const start = new Date(utcMsOf(startNear(rule, from, last)));
  const until = new Date(start);
  until.setUTCFullYear(until.getUTCFullYear() + HORIZON_YEARS);
  const { byDay, byMonthDay, byMonth } = rule;
  // Midnights in UTC stand for dates; the library is asked for no zone, in which it has its known defects.
  const next = new RRule({
    freq: RRule[rule.frequency],
    interval: rule.interval,
    dtstart: start,
    until,
    ...(byDay.length > 0 && { byweekday: byDay.map(libraryDay) }),
    ...(byMonthDay.length > 0 && { bymonthday: [...byMonthDay] }),
    ...(byMonth.length > 0 && { bymonth: [...byMonth] }),
  }).after(new Date(utcMsOf(last)));
  return next === null ? null : next.toISOString().slice(0, 10);
}

/**
 * A day from which the rule counts as it does from `from`, in the same period as `last` or just before it: the library looks at each
 * date from its start on, and years of them take it a second.
 */
function startNear({ frequency, interval }: RecurrenceRule, from: string, last: string): string {
  if (frequency === 'DAILY' || frequency === 'WEEKLY') {
    const length = interval * (frequency === 'DAILY' ? 1 : DAYS_PER_WEEK);
    const days = Math.floor((utcMsOf(last) - utcMsOf(from)) / DAY_MS);
    return addDays(from, Math.max(0, Math.floor(days / length) - 1) * length);
  }
  // Every monthly and yearly rule names its days, so that the first of the month stands for the whole of it.
  const monthOf = (date: string): number =>
    Number(date.slice(0, 4)) * MONTHS_PER_YEAR + Number(date.slice(5, 7)) - 1;
  const length = interval * (frequency === 'MONTHLY' ? 1 : MONTHS_PER_YEAR);
  const first = frequency === 'MONTHLY' ? monthOf(from) : monthOf(`${from.slice(0, 4)}-01`);
  const month = first + Math.max(0, Math.floor((monthOf(last) - first) / length)) * length;
  const year = String(Math.floor(month / MONTHS_PER_YEAR)).padStart(4, '0');
  return `${year}-${String((month % MONTHS_PER_YEAR) + 1).padStart(2, '0')}-01`;
}

function libraryDay({ ordinal, day }: RuleDay) {
  const weekday = RRule[DAY_CODES[day] ?? 'MO'];
  return ordinal === null ? weekday : weekday.nth(ordinal);
}

function isSayable({ frequency, byDay, byMonthDay, byMonth }: RecurrenceRule): boolean {
  const isOrdinal = byDay.length > 0 && byDay.every(({ ordinal }) => ordinal !== null);
  const namesDays = isOrdinal ? byMonthDay.length === 0 : byDay.length === 0 && byMonthDay.length > 0;
  switch (frequency) {
    case 'DAILY':
      return byDay.length + byMonthDay.length + byMonth.length === 0;
    case 'WEEKLY':
      return (
        byDay.length > 0 &&
        byDay.every(({ ordinal }) => ordinal === null) &&
        byMonthDay.length + byMonth.length === 0
      );
    case 'MONTHLY':
      return namesDays && byMonth.length === 0;
    case 'YEARLY':
      return namesDays && byMonth.length > 0;
  }
}

/** Whole numbers between two bounds, without zero and each once; none when there is no text. */
function numbersOf(text: string | undefined, minimum: number, maximum: number): number[] | null {
  if (text === undefined) return [];
  const parts = text.split(',');
  const numbers = parts.map(Number);
  const fits = (number: number): boolean => number !== 0 && number >= minimum && number <= maximum;
  if (!parts.every((part) => /^-?[1-9]\d?$/.test(part)) || !numbers.every(fits)) return null;
  return new Set(numbers).size === numbers.length ? numbers : null;
}

function daysOf(text: string | undefined): RuleDay[] | null {
  if (text === undefined) return [];
  const parts = text.split(',');
  if (new Set(parts).size !== parts.length) return null;
  const days: RuleDay[] = [];
  for (const part of parts) {
    const match = DAY_PART.exec(part);
    const day = WEEKDAYS.find((one) => DAY_CODES[one] === match?.[2]);
    if (match === null || day === undefined) return null;
    days.push({ ordinal: match[1] === undefined ? null : Number(match[1]), day });
  }
  return days;
}
