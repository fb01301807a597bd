import type { Weekday } from './calendar.ts';

/** The languages whose day and month names are read and written. */
export type NameLocale = 'en-US' | 'nl';

/** Full names, Monday first. */
export const DAY_NAMES: Readonly<Record<NameLocale, readonly string[]>> = {
  'en-US': ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  nl: ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'],
};

/** Full names, January first. */
export const MONTH_DISPLAY_NAMES: Readonly<Record<NameLocale, readonly string[]>> = {
  'en-US': 'January February March April May June July August September October November December'.split(' '),
  nl: 'januari februari maart april mei juni juli augustus september oktober november december'.split(' '),
};

const SHORT_DAY_NAMES: readonly string[] = [
  'ma mo mon',
  'di tu tue tues',
  'wo we woe wed weds',
  'do th don thu thur thurs',
  'vr fr vrij fri',
  'za sa zat sat',
  'zo su zon sun',
];

const MONTH_NAMES: readonly string[] = [
  'januari january jan',
  'februari february feb',
  'maart march mrt mar',
  'april apr',
  'mei may',
  'juni june jun',
  'juli july jul',
  'augustus august aug',
  'september sep sept',
  'oktober october okt oct',
  'november nov',
  'december dec',
];

const DAYS_BY_WORD: ReadonlyMap<string, Weekday> = new Map(
  SHORT_DAY_NAMES.flatMap((short, index) => {
    const weekday = index as Weekday;
    const english = (DAY_NAMES['en-US'][index] ?? '').toLowerCase();
    const dutch = DAY_NAMES.nl[index] ?? '';
    const words = [...short.split(' '), english, `${english}s`, dutch, `${dutch}s`, `${dutch}en`];
    return words.map((word) => [word, weekday] as const);
  }),
);

const MONTHS_BY_WORD: ReadonlyMap<string, number> = new Map(
  MONTH_NAMES.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

/**
 * The day that a Dutch or English word names, in full, in plural or shortened (`ma`, `mon`, `maandag`, `Mondays`).
 * @param word as {@link foldWord} gives it.
 */
export function dayOfWord(word: string): Weekday | undefined {
  return DAYS_BY_WORD.get(word);
}

/**
 * The month, 1–12, that a Dutch or English word names, in full or shortened (`mrt`, `mar`, `maart`).
 * @param word as {@link foldWord} gives it.
 */
export function monthOfWord(word: string): number | undefined {
  return MONTHS_BY_WORD.get(word);
}

/** A word without case, accents, invisible characters and the dot of an abbreviation: what names are compared by. */
export function foldWord(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/\.$/, '');
}
