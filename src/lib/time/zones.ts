import { foldWord } from './day-names.ts';

const ZONE_NAME_MAX = 64;

/** Names that ICU still lists zones under, and what the IANA database calls those zones today. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
]);

/** Offered before the others: where most of this bot's guilds are, then the best known zone of each part of the world. */
const OFFERED_FIRST: readonly string[] = [
  'Europe/Brussels',
  'Europe/Amsterdam',
  'UTC',
  'Europe/London',
  'Europe/Paris',
  'Europe/Berlin',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Africa/Johannesburg',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Sydney',
];

/** Every time zone there is, by its present IANA name, and UTC; in alphabetical order. */
export const TIME_ZONES: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').map((name) => RENAMED.get(name) ?? name),
].sort();

/**
 * The present IANA name of a time zone, from any case and from older names: `europe/brussels` gives `Europe/Brussels`,
 * `Asia/Calcutta` gives `Asia/Kolkata`, `GMT` gives `UTC`.
 * @returns null when there is no such zone; a bare offset such as `+01:00` is none, for it knows no daylight saving time.
 */
export function canonicalTimeZone(name: string): string | null {
  if (name.length > ZONE_NAME_MAX || !/^[A-Za-z]/.test(name)) return null;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions();
    return RENAMED.get(timeZone) ?? timeZone;
  } catch {
    return null;
  }
}

/**
 * Zones for autocomplete: those of which every word typed begins a word of the zone's name, of an older name or of a country it
 * lies in (English, Dutch or two letters); where there is none, those which merely contain it. Where the text is a whole name or
 * country, or begins a name, that comes first. An abbreviation that finds none is looked up itself (`CET`).
 * @param words what was typed so far; nothing gives the zones offered first.
 * @param limit how many at most.
 */
export function searchTimeZones(words: string, limit = 25): string[] {
  const typed = wordsOf(words.slice(0, ZONE_NAME_MAX));
  if (typed.length === 0)
    return searchIndex()
      .slice(0, limit)
      .map(({ name }) => name);

  const ranked = searchIndex().map((zone) => ({ name: zone.name, rank: rankOf(zone, typed) }));
  const best = [0, 1, 2].flatMap((rank) => ranked.filter((zone) => zone.rank === rank));
  const found = best.length > 0 ? best : ranked.filter((zone) => zone.rank === 3);
  if (found.length > 0) return found.slice(0, limit).map(({ name }) => name);
  const itself = canonicalTimeZone(words.trim());
  return itself === null ? [] : [itself];
}

/** A zone with all that finds it, folded to lower-case words without accents. */
interface SearchedZone {
  name: string;
  /** The city and the whole name, of the present and the older name. */
  names: readonly string[];
  countries: readonly string[];
  /** The single words of all these. */
  words: readonly string[];
}

/** 0 is the best match, 3 one inside words only; null is none. */
function rankOf(zone: SearchedZone, typed: readonly string[]): number | null {
  const phrase = typed.join(' ');
  if (zone.names.includes(phrase) || zone.countries.includes(phrase)) return 0;
  if (zone.names.some((name) => name.startsWith(phrase))) return 1;
  if (typed.every((word) => zone.words.some((known) => known.startsWith(word)))) return 2;
  return typed.every((word) => zone.words.some((known) => known.includes(word))) ? 3 : null;
}

let builtIndex: readonly SearchedZone[] | undefined;

/** Built at the first search: naming every country twice costs some 60 ms, which a start does not need. */
function searchIndex(): readonly SearchedZone[] {
  builtIndex ??= buildIndex();
  return builtIndex;
}

function buildIndex(): SearchedZone[] {
  const countriesByZone = countryNamesByZone();
  const olderNames = new Map([...RENAMED].map(([older, present]) => [present, older]));
  return [...new Set([...OFFERED_FIRST, ...TIME_ZONES])].map((name) => {
    const whole = [name, olderNames.get(name) ?? name];
    const names = [...whole.map((text) => text.slice(text.lastIndexOf('/') + 1)), ...whole].map(phraseOf);
    const countries = (countriesByZone.get(name) ?? []).map(phraseOf);
    return { name, names, countries, words: [...new Set([...names, ...countries].flatMap(wordsOf))] };
  });
}

function countryNamesByZone(): Map<string, string[]> {
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const dutch = new Intl.DisplayNames('nl', { type: 'region', fallback: 'none' });
  const names = new Map<string, string[]>();
  for (const region of twoLetterCodes()) {
    const country = english.of(region);
    if (country === undefined) continue;
    for (const zone of zonesOfRegion(region)) {
      const present = RENAMED.get(zone) ?? zone;
      names.set(present, [...(names.get(present) ?? []), region, country, dutch.of(region) ?? country]);
    }
  }
  return names;
}

function twoLetterCodes(): string[] {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  return letters.flatMap((first) => letters.map((second) => first + second));
}

/** A getter in Node 22, a method since; TypeScript knows neither yet. */
function zonesOfRegion(region: string): readonly string[] {
  const locale = new Intl.Locale(`und-${region}`) as Intl.Locale & {
    getTimeZones?: () => string[] | undefined;
    timeZones?: string[] | undefined;
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

function wordsOf(text: string): string[] {
  return text
    .split(/[\s/_,()-]+/u)
    .map((word) => foldWord(word))
    .filter((word) => word !== '');
}

function phraseOf(text: string): string {
  return wordsOf(text).join(' ');
}
