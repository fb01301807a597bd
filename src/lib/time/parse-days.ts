import { WEEKDAYS, type Weekday } from './calendar.ts';
import { DAY_NAMES, dayOfWord, foldWord, type NameLocale } from './day-names.ts';

/** Longer texts name no days; refusing them keeps the work bounded. */
const DAYS_TEXT_MAX = 200;

const WEEKDAY_GROUP: readonly Weekday[] = [0, 1, 2, 3, 4];
const WEEKEND_GROUP: readonly Weekday[] = [5, 6];

const GROUPS: ReadonlyMap<string, readonly Weekday[]> = new Map([
  ...groupOf(WEEKDAYS, 'daily dagelijks everyday'),
  ...groupOf(
    WEEKDAY_GROUP,
    'weekday weekdays weekdag weekdagen workday workdays werkdag werkdagen doordeweeks',
  ),
  ...groupOf(WEEKEND_GROUP, 'weekend weekends weekeinde weekenden'),
]);

/** Words around days that say nothing about which ones. */
const FILLERS: ReadonlySet<string> = new Set(
  "every each on from the in days and elke iedere op van het de 's dagen en".split(' '),
);

const EVERY_DAY = /\b(?:every|each|all|elke|iedere|alle)\s(?:days?|dag(?:en)?)\b/giu;
const RANGE_WORDS = /\s?(?:\bt\/m\b|\btot en met\b|\b(?:tot|to|through|thru)\b)\s?/giu;
const DASHES = /\s?[-\u2010-\u2015\u2212]\s?/gu;
const SEPARATORS = /[\s,;/&+|]+/u;

const DISPLAY_WORDS: Readonly<Record<NameLocale, { everyDay: string; weekdays: string; and: string }>> = {
  'en-US': { everyDay: 'every day', weekdays: 'weekdays', and: 'and' },
  nl: { everyDay: 'elke dag', weekdays: 'werkdagen', and: 'en' },
};

/** The days that a text names, in week order and each once; or what in it names none. */
export type ParsedDays =
  | { ok: true; days: Weekday[] }
  | { ok: false; reason: 'empty' | 'too-long'; unknown: readonly [] }
  | { ok: false; reason: 'unknown'; unknown: readonly string[] };

/**
 * Reads days of the week in Dutch and English: names in full, in plural and shortened, digits 0 (Monday) to 6 (Sunday),
 * `daily`, `werkdagen`, `weekend` and their like, ranges (`ma-vr`, `Monday to Friday`, `vr t/m ma` around the week's end), separated
 * by commas, spaces, slashes, semicolons, `and`, `en` or `&`. Case, accents and the dots of abbreviations do not count.
 *
 * A part that names no day makes the whole an error that quotes it: a forgotten day would be noticed too late.
 */
export function parseDaysString(text: string): ParsedDays {
  if (text.length > DAYS_TEXT_MAX) return { ok: false, reason: 'too-long', unknown: [] };

  const parts = text
    .normalize('NFKC')
    .replaceAll('’', "'")
    .replace(/\s+/gu, ' ')
    .replace(EVERY_DAY, 'daily')
    .replace(RANGE_WORDS, '-')
    .replace(DASHES, '-')
    .replace(/:/g, ' ')
    .split(SEPARATORS)
    .filter((part) => part !== '' && !FILLERS.has(foldWord(part)));

  const days = new Set<Weekday>();
  const unknown: string[] = [];
  for (const part of parts) {
    const named = daysOfPart(part);
    if (named === null) unknown.push(part);
    else for (const day of named) days.add(day);
  }

  if (unknown.length > 0) return { ok: false, reason: 'unknown', unknown };
  if (days.size === 0) return { ok: false, reason: 'empty', unknown: [] };
  return { ok: true, days: [...days].sort((a, b) => a - b) };
}

/**
 * Days as a person reads them, in week order: `Monday, Wednesday and Friday`; `weekdays` for Monday to Friday, `every day` for
 * all seven. What is no day of the week is left out; nothing gives an empty string.
 */
export function formatDaysForDisplay(days: Iterable<number>, locale: NameLocale): string {
  const wanted = new Set(days);
  const shown = WEEKDAYS.filter((day) => wanted.has(day));
  const words = DISPLAY_WORDS[locale];
  if (shown.length === WEEKDAYS.length) return words.everyDay;
  if (shown.length === WEEKDAY_GROUP.length && !wanted.has(5) && !wanted.has(6)) return words.weekdays;
  const names = shown.map((day) => DAY_NAMES[locale][day] ?? '');
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} ${words.and} ${last}`;
}

function daysOfPart(part: string): readonly Weekday[] | null {
  const ends = part.split('-');
  if (ends.length > 2) return null;
  const [first, last] = ends.map((end) => foldWord(end));
  if (first === undefined) return null;
  if (last === undefined) return GROUPS.get(first) ?? asList(dayOf(first));

  const from = dayOf(first);
  const to = dayOf(last);
  if (from === undefined || to === undefined) return null;
  const length = ((to - from + 7) % 7) + 1;
  return Array.from({ length }, (_, step) => ((from + step) % 7) as Weekday);
}

function dayOf(word: string): Weekday | undefined {
  return /^[0-6]$/.test(word) ? (Number(word) as Weekday) : dayOfWord(word);
}

function asList(day: Weekday | undefined): readonly Weekday[] | null {
  return day === undefined ? null : [day];
}

function groupOf(days: readonly Weekday[], words: string): (readonly [string, readonly Weekday[]])[] {
  return words.split(' ').map((word) => [word, days] as const);
}
