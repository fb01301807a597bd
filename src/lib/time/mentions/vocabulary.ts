import type { Weekday } from '../calendar.ts';
import { dayOfWord, monthOfWord } from '../day-names.ts';

/** A time of day said in words: which half of the day a clock time belongs to. */
export type PartOfDay = 'morning' | 'afternoon' | 'evening' | 'night';

const map = <Value>(entries: readonly (readonly [string, Value])[]): ReadonlyMap<string, Value> =>
  new Map(entries.flatMap(([words, value]) => words.split(' ').map((word) => [word, value] as const)));

const sets = new Map<string, ReadonlySet<string>>();

/** The words of a text as a set; the same text gives the same one, so that it may stand where it is used. */
export function set(words: string): ReadonlySet<string> {
  let made = sets.get(words);
  if (made === undefined) {
    made = new Set(words.split(/\s+/).filter(Boolean));
    sets.set(words, made);
  }
  return made;
}

/** One to twelve, in both languages; hours and small counts. */
export const NUMBER_WORDS = map<number>([
  ['one een een', 1],
  ['two twee', 2],
  ['three drie', 3],
  ['four vier', 4],
  ['five vijf', 5],
  ['six zes', 6],
  ['seven zeven', 7],
  ['eight acht', 8],
  ['nine negen', 9],
  ['ten tien', 10],
  ['eleven elf', 11],
  ['twelve twaalf', 12],
]);

export const MINUTE_WORDS = map<number>([
  ['five vijf', 5],
  ['ten tien', 10],
  ['quarter kwart kwartier', 15],
  ['twenty twintig', 20],
]);

export const PARTS = map<PartOfDay>([
  ['morning ochtend morgen voormiddag ochtends morgens', 'morning'],
  ['afternoon middag namiddag middags namiddags', 'afternoon'],
  ['evening avond avonds', 'evening'],
  ['night nacht nachts', 'night'],
]);

/** One word that is a day and a part of it: how many days ahead, and which part. */
export const DAY_WORDS = map<{ readonly ahead: number; readonly part?: PartOfDay }>([
  ['today vandaag', { ahead: 0 }],
  ['tonight vanavond vanaaf tonite', { ahead: 0, part: 'evening' }],
  ['vanochtend vanmorgen vanvoormiddag', { ahead: 0, part: 'morning' }],
  ['vanmiddag vannamiddag', { ahead: 0, part: 'afternoon' }],
  ['vannacht', { ahead: 0, part: 'night' }],
  ['tomorrow tmrw tmr tomorow tommorow tommorrow morgen', { ahead: 1 }],
  ['morgenavond', { ahead: 1, part: 'evening' }],
  ['morgenmiddag morgennamiddag', { ahead: 1, part: 'afternoon' }],
  ['morgenochtend morgenvroeg morgenvoormiddag', { ahead: 1, part: 'morning' }],
  ['overmorgen', { ahead: 2 }],
]);

export const PAST_WORDS = set(
  'yesterday gisteren eergisteren gisteravond gisterenavond gistermiddag gisternamiddag gisterochtend gisterennamiddag',
);
export const LAST_WORDS = set('last vorige afgelopen past previous laatstleden jongstleden');
export const NEXT_WORDS = set('next volgende');
export const THIS_ONE = set('this deze');
export const THIS_WORDS = set(
  'this coming upcoming deze dit komende aanstaande aankomende eerstvolgende eerstkomende aanst',
);

export const EVERY_WORDS = set('every each elke elk iedere ieder alle evry');
/** What joins the members of a list. */
export const AND_WORDS = set('and en & + ,');
/** "And" that is said rather than written as a mark. */
export const SAID_AND = set('and en');
export const ON_WORDS = set('on op');
/** Before a date or its parts: "next week on Friday", "Friday, the 15th". */
export const DATE_FILLERS = set('on op the de den van of for voor , het');
export const OF_WORDS = set('of van');
/** Before "the month" and "next week". */
export const OF_OR_IN = set('of van in');
/** Before a length of time that is still to go. */
export const AHEAD_WORDS = set('in over binnen within');
export const OCLOCK = set("o'clock oclock");
/** What may stand between a date and its time. */
export const BETWEEN_WORDS = set(', om at @ - | vanaf from en and rond , : ( ) / om around tegen van • · ~');

export const WEEKDAY_GROUP = set(
  'weekday weekdays weekdag weekdagen workday workdays werkdag werkdagen schooldag schooldagen',
);
export const WEEKEND_GROUP = set('weekend weekends weekeinde weekenden');

export const ORDINALS = map<number>([
  ['first 1st eerste', 1],
  ['second 2nd tweede', 2],
  ['third 3rd derde', 3],
  ['fourth 4th vierde', 4],
  ['fifth vijfde', 5],
  ['last laatste', -1],
]);
export const ORDINAL_ENDINGS = set('st nd rd th e de ste');

/** Minutes of a unit of elapsed time that is shorter than a day. */
export const CLOCK_UNITS = map<number>([
  ['minute minutes min mins minuut minuten minuutjes', 1],
  ['hour hours hr hrs h uur uren u uurtje uurtjes', 60],
  ['kwartier', 15],
]);
export const DAY_UNITS = map<number>([
  ['day days dag dagen', 1],
  ['week weeks weken wk wks', 7],
]);

/**
 * Zones by what people write behind a time. The short names that mean several zones (IST, CST in Asia) mean none here; those of
 * two letters count only in capitals.
 */
export const ZONES = map<string>([
  ['utc gmt z', 'Etc/UTC'],
  ['bst', 'Europe/London'],
  ['wet west', 'Europe/Lisbon'],
  ['cet cest met mest mez', 'Europe/Brussels'],
  ['eet eest', 'Europe/Helsinki'],
  ['msk', 'Europe/Moscow'],
  ['est edt et', 'America/New_York'],
  ['cst cdt ct', 'America/Chicago'],
  ['mst mdt', 'America/Denver'],
  ['pst pdt pt', 'America/Los_Angeles'],
  ['jst', 'Asia/Tokyo'],
  ['aest aedt', 'Australia/Sydney'],
]);

/** Places before the words "time" or "tijd". */
export const ZONE_PLACES = map<string>([
  ['uk british london engelse britse londense', 'Europe/London'],
  ['brussels belgian belgische brusselse belgium', 'Europe/Brussels'],
  ['dutch nederlandse amsterdam amsterdamse netherlands', 'Europe/Amsterdam'],
  ['central european europese', 'Europe/Brussels'],
  ['eastern', 'America/New_York'],
  ['pacific', 'America/Los_Angeles'],
  ['lisbon portuguese', 'Europe/Lisbon'],
  ['helsinki finnish', 'Europe/Helsinki'],
  ['tokyo japanese', 'Asia/Tokyo'],
]);

/** Short names of days that are words of their own in one of the languages. */
const AMBIGUOUS_DAYS = set('do zo ma za di wo vr don zat zon sun sat wed mon woe');

export interface DayWord {
  readonly weekday: Weekday;
  /** Mondays, maandagen, 's maandags. */
  readonly isPlural: boolean;
  /** Needs a date or a time beside it to be a day. */
  readonly isAmbiguous: boolean;
  readonly part: PartOfDay | undefined;
}

const DAY_STEM =
  /^((?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:maan|dins|woens|donder|vrij|zater|zon)dag)(s|en)?(avond(?:en)?|ochtend(?:en)?|morgen|voormiddag|middag(?:en)?|namiddag|nacht|night|evening)?(s)?$/;

const PART_STEMS: readonly (readonly [string, PartOfDay])[] = [
  ['avond', 'evening'],
  ['evening', 'evening'],
  ['ochtend', 'morning'],
  ['morgen', 'morning'],
  ['voormiddag', 'morning'],
  ['middag', 'afternoon'],
  ['namiddag', 'afternoon'],
  ['nacht', 'night'],
  ['night', 'evening'],
];

/** Shortened to what is an everyday word of its own; days only in a list of days. */
const LISTED_DAYS = set('we mo su sa fr th tu');

/** The day of the week that a folded word names, also with a part of the day in it (`vrijdagavond`). */
export function dayWord(word: string, isList = false): DayWord | undefined {
  if (word.length > 20 || (!isList && LISTED_DAYS.has(word))) return undefined;
  const stem = DAY_STEM.exec(word);
  if (stem !== null) {
    const weekday = dayOfWord(stem[1] ?? '');
    if (weekday === undefined) return undefined;
    const [, , plural, part, late] = stem;
    const isPlural = plural !== undefined || late !== undefined || part?.endsWith('en') === true;
    return {
      weekday,
      isPlural,
      isAmbiguous: false,
      part: PART_STEMS.find(([name]) => part?.startsWith(name))?.[1],
    };
  }
  const weekday = word.length <= 5 ? dayOfWord(word) : undefined;
  if (weekday === undefined) return undefined;
  return { weekday, isPlural: false, isAmbiguous: AMBIGUOUS_DAYS.has(word), part: undefined };
}

/** The month, 1–12, that a folded word names. */
export function monthWord(word: string): number | undefined {
  return word.length > 12 ? undefined : monthOfWord(word);
}
