import { addDays, calendarDate, weekdayOf } from './calendar.ts';
import { dayOfWord, foldWord, monthOfWord } from './day-names.ts';

/** Longer texts are no date; refusing them keeps the work bounded. */
const DATE_TEXT_MAX = 60;
/** 29 February is at most eight years away (1896–1904, 2096–2104). */
const LEAP_DAY_WAIT_YEARS = 8;

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const DAY_FIRST = /^(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?$/;
const DAY_OF_MONTH = /^(\d{1,2})(?:st|nd|rd|th|e|de|ste)?$/;
const YEAR = /^'?(\d{4}|\d{2})$/;

const DAYS_AHEAD: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['vandaag', 0],
  ['tomorrow', 1],
  ['morgen', 1],
  ['overmorgen', 2],
  ['day after tomorrow', 2],
]);

/** Words around a date that say nothing about which one. */
const FILLERS: ReadonlySet<string> = new Set(['on', 'the', 'of', 'op', 'de', 'van']);

/**
 * Reads a date as people in Dutch and English write it: `2027-05-03`, `3/5`, `3-5-27`, `3.5.2027` (day first), `3 mei`,
 * `May 3rd, 2027`, `vandaag`, `tomorrow`, `overmorgen`, a day's name (the next such day, never today), or a day's name before
 * a date, which must then agree with it.
 *
 * Without a year it is the next such date that is not before today. A year may be past: whether that is allowed is the caller's matter.
 * @param options.today the date where the person is, `YYYY-MM-DD`.
 * @returns `YYYY-MM-DD`, or null when it is no date or no such day exists (31 February).
 */
export function parseDateString(text: string, { today }: { today: string }): string | null {
  if (text.length > DATE_TEXT_MAX) return null;
  const words = text
    .normalize('NFKC')
    .replaceAll('’', "'")
    .split(/[\s,]+/u)
    .map((word) => foldWord(word))
    .filter((word) => word !== '' && !FILLERS.has(word));

  const ahead = DAYS_AHEAD.get(words.join(' '));
  if (ahead !== undefined) return addDays(today, ahead);

  const weekday = dayOfWord(words[0] ?? '');
  if (weekday === undefined) return dateOfWords(words, today);
  if (words.length === 1) return addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
  const date = dateOfWords(words.slice(1), today);
  return date !== null && weekdayOf(date) === weekday ? date : null;
}

function dateOfWords(words: readonly string[], today: string): string | null {
  const [first = '', second = '', third, ...more] = words;
  if (more.length > 0) return null;
  if (words.length === 1) return numericDate(first, today);

  const year = third === undefined ? undefined : YEAR.exec(third)?.[1];
  if (third !== undefined && year === undefined) return null;
  const monthFirst = monthOfWord(first);
  const month = monthFirst ?? monthOfWord(second);
  const day = DAY_OF_MONTH.exec(monthFirst === undefined ? first : second)?.[1];
  return month === undefined || day === undefined ? null : dateIn(year, month, Number(day), today);
}

function numericDate(word: string, today: string): string | null {
  const yearFirst = YEAR_FIRST.exec(word);
  if (yearFirst !== null) return dateIn(yearFirst[1], Number(yearFirst[3]), Number(yearFirst[4]), today);
  const dayFirst = DAY_FIRST.exec(word);
  return dayFirst === null ? null : dateIn(dayFirst[4], Number(dayFirst[3]), Number(dayFirst[1]), today);
}

function dateIn(year: string | undefined, month: number, day: number, today: string): string | null {
  if (year !== undefined) return calendarDate(Number(year.length === 2 ? `20${year}` : year), month, day);
  const thisYear = Number(today.slice(0, 4));
  for (let ahead = 0; ahead <= LEAP_DAY_WAIT_YEARS; ahead += 1) {
    const date = calendarDate(thisYear + ahead, month, day);
    if (date !== null && date >= today) return date;
  }
  return null;
}
