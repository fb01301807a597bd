import { DAY_NAMES, MONTH_DISPLAY_NAMES, type NameLocale } from './day-names.ts';
import { formatDaysForDisplay } from './parse-days.ts';
import type { RecurrenceRule, RuleDay } from './recurrence.ts';

interface Words {
  readonly and: string;
  /** Every, every other, every n days, weeks, months or years. */
  readonly every: Readonly<Record<RecurrenceRule['frequency'], (interval: number) => string>>;
  /** One of the same in each single week or month. */
  readonly eachWeekday: (days: string) => string;
  readonly otherWeekday: (day: string) => string;
  readonly eachNthWeekday: (days: string) => string;
  readonly ofEachMonth: (days: string) => string;
  readonly on: string;
  readonly onThe: string;
  readonly ordinals: Readonly<Record<number, string>>;
  readonly monthDay: (day: number) => string;
  readonly lastDay: string;
  readonly of: string;
  readonly lastDayOf: (month: string) => string;
}

const unit =
  (single: string, other: string, many: string) =>
  (interval: number): string =>
    interval === 1 ? single : interval === 2 ? other : many.replace('#', String(interval));

const WORDS: Readonly<Record<NameLocale, Words>> = {
  'en-US': {
    and: 'and',
    every: {
      DAILY: unit('every day', 'every other day', 'every # days'),
      WEEKLY: unit('every week', 'every other week', 'every # weeks'),
      MONTHLY: unit('every month', 'every other month', 'every # months'),
      YEARLY: unit('every year', 'every other year', 'every # years'),
    },
    eachWeekday: (days) => `every ${days}`,
    otherWeekday: (day) => `every other ${day}`,
    eachNthWeekday: (days) => `every ${days} of the month`,
    ofEachMonth: (days) => `on ${days} of every month`,
    on: 'on',
    onThe: 'on the',
    ordinals: { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', [-1]: 'last' },
    monthDay: (day) => `the ${day}${englishSuffix(day)}`,
    lastDay: 'the last day',
    of: 'of',
    lastDayOf: (month) => `the last day of ${month}`,
  },
  nl: {
    and: 'en',
    every: {
      DAILY: unit('elke dag', 'elke twee dagen', 'elke # dagen'),
      WEEKLY: unit('elke week', 'elke twee weken', 'elke # weken'),
      MONTHLY: unit('elke maand', 'elke twee maanden', 'elke # maanden'),
      YEARLY: unit('elk jaar', 'elke twee jaar', 'elke # jaar'),
    },
    eachWeekday: (days) => `elke ${days}`,
    otherWeekday: (day) => `elke twee weken op ${day}`,
    eachNthWeekday: (days) => `elke ${days} van de maand`,
    ofEachMonth: (days) => `op ${days} van elke maand`,
    on: 'op',
    onThe: 'op de',
    ordinals: { 1: 'eerste', 2: 'tweede', 3: 'derde', 4: 'vierde', 5: 'vijfde', [-1]: 'laatste' },
    monthDay: (day) => `de ${day}e`,
    lastDay: 'de laatste dag',
    of: 'van',
    lastDayOf: (month) => `de laatste dag van ${month}`,
  },
};

/** A rule as a person reads it: `every other Friday`, `elke eerste maandag van de maand`, `on the 15th of every month`. */
export function formatRuleForDisplay(rule: RecurrenceRule, locale: NameLocale): string {
  const words = WORDS[locale];
  const { frequency, interval, byDay, byMonthDay, byMonth } = rule;
  const every = words.every[frequency](interval);
  switch (frequency) {
    case 'DAILY':
      return every;
    case 'WEEKLY': {
      const days = formatDaysForDisplay(
        byDay.map(({ day }) => day),
        locale,
      );
      const isOne = byDay.length === 1;
      if (interval === 1 && isOne) return words.eachWeekday(days);
      if (interval === 2 && isOne) return words.otherWeekday(days);
      return `${every} ${words.on} ${days}`;
    }
    case 'MONTHLY': {
      const days = byDay.length > 0 ? nthWeekdays(byDay, locale) : monthDays(byMonthDay, locale);
      if (interval > 1) return `${every} ${byDay.length > 0 ? words.onThe : words.on} ${days}`;
      return byDay.length > 0 ? words.eachNthWeekday(days) : words.ofEachMonth(days);
    }
    case 'YEARLY': {
      const months = byMonth.map((month) => MONTH_DISPLAY_NAMES[locale][month - 1] ?? '');
      if (byDay.length > 0)
        return `${every} ${words.onThe} ${nthWeekdays(byDay, locale)} ${words.of} ${listed(months, words)}`;
      const dates = months.flatMap((month) =>
        byMonthDay.map((day) => (day === -1 ? words.lastDayOf(month) : `${day} ${month}`)),
      );
      return `${every} ${words.on} ${listed(dates, words)}`;
    }
  }
}

function nthWeekdays(days: readonly RuleDay[], locale: NameLocale): string {
  const words = WORDS[locale];
  return listed(
    days.map(({ ordinal, day }) => `${words.ordinals[ordinal ?? 1]} ${DAY_NAMES[locale][day]}`),
    words,
  );
}

function monthDays(days: readonly number[], locale: NameLocale): string {
  const words = WORDS[locale];
  return listed(
    days.map((day) => (day === -1 ? words.lastDay : words.monthDay(day))),
    words,
  );
}

function listed(items: readonly string[], { and }: Words): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${and} ${last}`;
}

function englishSuffix(day: number): string {
  if (day >= 11 && day <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}
