import { isOneOf, textAt, type Token } from '#lib/time/mentions/tokens';
import { set } from '#lib/time/mentions/vocabulary';
import {
  ARTICLES,
  BEFORE_NAMED,
  isMoment,
  isUpper,
  nameFrom,
  PLATFORMS,
  PREPOSITIONS,
  VENUE,
  type FoundName,
} from './place-names.ts';

/** Prepositions that introduce a place anywhere in a sentence. */
const WITHIN = set('in at op bij aan @ on via');
const AT = set('at bij @');
/** "op de" and "bij de" introduce many things; a place behind them is written large. */
const LOOSE = set('op bij');
/** Where one pays or waits rather than meets. */
const PAID_AT = set('deur door kassa inkom ingang entrance till');
/** "welkom in Onthaal" */
const INVITING = set('welkom welcome verzamelen afspraak afspreken af join us you meet');
const MEETING = set(
  'watch join kom come listen vertrek vertrekken afspraak afspreken verzamelen verzamel meet meeting samenkomst samen spreken start gather',
);
/** How many words of a sentence say that people meet. */
const MEETING_TOKENS_MAX = 4;
/** Between the words that say when and a place: "20:15, in Voice 1", "20:15 | Voice 1". */
const MARKS_BEHIND = set(', - ( | • · ~ :');
const MARKS_BEHIND_MAX = 2;
/** Between a place and the words that say when: "in de kantine op vrijdag". */
const FILLERS_BEFORE = set(', on op om at @ - ( | vanaf from :');
const TOKENS_BEFORE_MAX = 9;
/** "in the old school behind the church" is a description. */
const DESCRIPTION_TOKENS_MAX = 7;
/** "2", "B" of "Voice 2", "Room B". */
const ROOM = /^(?:\d{1,3}|[A-Z])$/;
const WORD_AND_NUMBER = /^\p{L}+ \d{1,3}$/u;
/** "boekhandel De Reyghere", "buurthuis ’t Sas" */
const KIND_AND_NAME = /^\p{Ll}+ (?:[^\s]{1,3} )?\p{Lu}/u;

/** What a place within a sentence is looked for in. */
interface Where {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly from: number;
  readonly to: number;
}

/** A place named right behind the words that say when, within their sentence: "… at 20:15 in Voice 1", "… <#123>". */
export function placeBehind(text: string, tokens: readonly Token[], at: number): string | null {
  let index = at;
  while (
    index < at + MARKS_BEHIND_MAX &&
    isOneOf(tokens, index, MARKS_BEHIND) &&
    tokens[index]?.isFirst === false
  )
    index += 1;
  const first = tokens[index];
  if (first === undefined || first.isFirst) return null;
  if (first.kind === 'channel') return first.raw;
  return PREPOSITIONS.has(first.text) ? (nameFrom(text, tokens, index + 1, first.text)?.place ?? null) : null;
}

/** A place right before the words that say when: "in de kantine op vrijdag". */
export function placeBefore(text: string, tokens: readonly Token[], before: number): string | null {
  for (let at = before - 1; at >= Math.max(0, before - TOKENS_BEFORE_MAX); at -= 1) {
    if (isOneOf(tokens, at, PREPOSITIONS)) {
      const named = nameFrom(text, tokens, at + 1, textAt(tokens, at));
      if (named !== null && isOnlyFilling(tokens, named.to, before)) return named.place;
    }
    if (tokens[at]?.isFirst !== false) return null;
  }
  return null;
}

function isOnlyFilling(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isOneOf(tokens, at, FILLERS_BEFORE)) return false;
  return to >= from;
}

/**
 * A place that a sentence names elsewhere: a channel, what is a place by its name, or, behind the moment, what "in the" and "at the"
 * introduce.
 * @param moment where the words that say when end.
 * @param isLoose whether a name written large is enough.
 */
export function placeWithin(
  { text, tokens, from, to }: Where,
  moment: number,
  isLoose: boolean,
): string | null {
  for (let at = from; at < to; at += 1) {
    const room = at >= moment ? roomBehindComma(text, tokens, at) : null;
    if (room !== null) return room;
    if (!isOneOf(tokens, at, WITHIN)) continue;
    const named = nameFrom(text, tokens, at + 1, textAt(tokens, at));
    if (named === null || isOneOf(tokens, at + 2, PAID_AT)) continue;
    if (
      isPlaceByItself(tokens, at, named) ||
      isPlaceByItsSentence(tokens, at, named, isLoose) ||
      (at >= moment && isPlaceBehindMoment(tokens, at, named))
    )
      return named.place;
  }
  return null;
}

/** "Vertrek aan de kerk", "meet at the pier" */
export function isMeetingPoint({ tokens, from, to }: Where): boolean {
  return tokens.slice(from, Math.min(to, from + MEETING_TOKENS_MAX)).some(({ text }) => MEETING.has(text));
}

/** "…, Voice 4." */
function roomBehindComma(text: string, tokens: readonly Token[], at: number): string | null {
  const [noun, number] = [tokens[at + 1], tokens[at + 2]];
  if (textAt(tokens, at) !== ',' || noun?.kind !== 'word' || number === undefined) return null;
  return VENUE.test(noun.raw) && isUpper(noun) && ROOM.test(number.raw)
    ? text.slice(noun.start, number.end)
    : null;
}

/** Whether a name is one of a place wherever it stands: a channel, a platform, a kind of building. */
function isPlaceByItself(tokens: readonly Token[], at: number, { place, to }: FoundName): boolean {
  if (place.startsWith('<#') || PLATFORMS.has(place.toLowerCase())) return true;
  const behind = tokens[to];
  const isAtEnd = behind === undefined || behind.kind === 'mark' || behind.isFirst;
  if (place.startsWith('#') && isAtEnd) return true;
  if (KIND_AND_NAME.test(place) && isOneOf(tokens, at, BEFORE_NAMED)) return true;
  const isNamed = /\p{Lu}|\d/u.test(place) || isOneOf(tokens, at + 1, ARTICLES);
  return VENUE.test(place) && isNamed;
}

/** Whether the words around a name that is written large make it a place: "welcome to", or a moment behind it. */
function isPlaceByItsSentence(
  tokens: readonly Token[],
  at: number,
  { place, to }: FoundName,
  isLoose: boolean,
): boolean {
  if (!isUpperName(place)) return false;
  const isInvited = isOneOf(tokens, at - 1, INVITING) || (isLoose && textAt(tokens, at) !== 'in');
  // "donderdag cantus in de Blauwe Kater, om 20u30"
  const isBeforeMoment = textAt(tokens, to) === ',' && (isMoment(tokens, to + 1) || isMoment(tokens, to + 2));
  return isInvited || isBeforeMoment;
}

/** Whether what stands behind the words that say when is a place: "at the pier", "in zaal 2", "bij Jan". */
function isPlaceBehindMoment(tokens: readonly Token[], at: number, { place, to }: FoundName): boolean {
  const isThere =
    isOneOf(tokens, at + 1, ARTICLES) &&
    (isUpperName(place) || !isOneOf(tokens, at, LOOSE)) &&
    to - at <= DESCRIPTION_TOKENS_MAX;
  return isThere || WORD_AND_NUMBER.test(place) || (isUpperName(place) && isOneOf(tokens, at, AT));
}

function isUpperName(place: string): boolean {
  return /^\p{Lu}/u.test(place);
}
