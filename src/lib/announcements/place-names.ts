import { clockAt } from '#lib/time/mentions/clock-times';
import { dateAt } from '#lib/time/mentions/dates';
import { isGluedNumber, isOneOf, textAt, type Token } from '#lib/time/mentions/tokens';
import { dayWord, monthWord, NUMBER_WORDS, OF_WORDS, PARTS, set } from '#lib/time/mentions/vocabulary';

export const PREPOSITIONS = set('in at op bij @ on te aan naar tegen');
export const ARTICLES = set('the de het our onze ons den een a an my mijn');
/** Behind these a name follows without an article: "in zaal 2", "via Zoom". */
export const BEFORE_NAMED = set('in bij via aan');
/** Written small, but places all the same. */
const KNOWN = set(
  'voice vc twitch zoom discord youtube stage teams jitsi meet general lounge kantine cafetaria aula zaal lokaal room hall bibliotheek library park lobby channel kanaal studio garage kelder zolder kerk church school campus office kantoor clubhuis clublokaal café cafe pub bar kroeg main online thuis live',
);
export const PLATFORMS = set(
  'twitch youtube discord zoom teams jitsi stage voice facebook instagram kick channel kanaal',
);
/** What "in" and "at" introduce besides places: languages, games, seasons, amounts. */
const NEVER_PLACES = set(
  'english engels dutch nederlands french frans german duits spanish spaans italian italiaans vlaams portuguese portugees minecraft person winter summer zomer spring lente autumn herfst total totaal general particular short kort case geval advance time tijd tijde order volgorde',
);
/** Words that a name does not go on with. */
const STOPS = set(
  'with met for voor and en om at on tot until to from vanaf then dan we is are zijn bring breng but maar if als so zodat please graag who wie no geen see join kom every elke each or of because want starting beginnend this deze next volgende after na before rond around hosted by door as about over also ook be there',
);
/** Small words within a name: "Theater aan de Rijn", "Friends of the Park". */
const JOINERS = set('de van der den of the & du la le het en');
const WORDS_MAX = 6;
/** What "in the" introduces and is no place. */
const NO_PLACES = set(
  'thread threads comments comment reacties chat agenda bio description beschrijving faq meantime meanwhile end start beginning begin einde evening avond avonds morning ochtend middag week weekend month maand year jaar time tijd uur hour moment future toekomst past same way dark rain regen zon cold kou team teams group groep groepen groups rij oven bak mail inbox dms form formulier list lijst link spreadsheet poll event game spel stream kist first eerste second tweede third derde last laatste dag day night nacht season seizoen finale final mood works name naam water hand vuur top bottom side price prijs post message bericht usual gewone wiki docs repo code server pinned pins channel tickets ticket discord rules server buitenland bestuur staff leden iedereen kids kinderen broncode code stof materie praktijk loop middle midden slag gang kader rest other andere both beide meeste same zelfde way manier bus trein auto car train lucht air sun world wereld holidays vakantie examens exams',
);
/** What is a place by its name. */
export const VENUE =
  /(?:caf[eé]|zaal|lokaal|voice|huis|bib\b|biblio|kapel|kerk|park|room|hall|stage|tavern|kroeg|pub|bar|hackerspace|makerspace|lounge|theater|theatre|aula|campus|studio|kantine|club|library|centre|center|centrum|terrein|veld|weide|spraak|station|plein|square|school|gym|lab|channel|kanaal|space)/iu;
/** "atelier aan de kaai" */
const BESIDE = set('aan achter naast boven onder');
/** "we'll", "it's" */
const CONTRACTION = /'(?:re|ll|ve|m|s|d)$/;
/** Longer numbers are no numbers of rooms. */
const NUMBER_DIGITS_MAX = 3;

/** A name as it was written, and the position behind it. */
export interface FoundName {
  readonly place: string;
  readonly to: number;
}

/** How a name begins, which decides how far it goes. */
interface Head {
  readonly token: Token;
  readonly hasArticle: boolean;
  /** Written as a name, so that only what is written so belongs to it. */
  readonly isProper: boolean;
}

/** The name of a place that a preposition introduces at a position. */
export function nameFrom(
  text: string,
  tokens: readonly Token[],
  at: number,
  preposition: string,
): FoundName | null {
  // "at The Crown": written large, it belongs to the name.
  const hasArticle = isOneOf(tokens, at, ARTICLES) && !(isUpper(tokens[at]) && isUpper(tokens[at + 1]));
  const index = hasArticle ? at + 1 : at;
  const first = tokens[index];
  if (first === undefined || first.isFirst) return null;
  if (first.kind === 'channel') return { place: first.raw, to: index + 1 };
  const isHash = first.text === '#' && tokens[index + 1]?.isGlued === true;
  const token = isHash ? tokens[index + 1] : first;
  if (token === undefined || (token.kind !== 'word' && !isHash)) return null;
  const isNameNext = isNameBehind(tokens, index + 1);
  const isPlace = isHash || isHyphenated(tokens, index) || isName(token, preposition, hasArticle, isNameNext);
  if (!isPlace) return null;
  if (clockAt(tokens, index, true) !== null || dateAt(tokens, index) !== null) return null;
  const isProper = isUpper(token) || isHash || (!hasArticle && isNameNext);
  const to = endOfName(tokens, isHash ? index + 2 : index + 1, { token, hasArticle, isProper });
  // "op de vergadering van" goes on with what is no name.
  if (isOneOf(tokens, to - 1, OF_WORDS)) return null;
  return { place: text.slice(first.start, tokens[to - 1]?.end).trim(), to };
}

/** "buurt-café": glued together, and the second part is a place. */
function isHyphenated(tokens: readonly Token[], at: number): boolean {
  return (
    textAt(tokens, at + 1) === '-' &&
    tokens[at + 1]?.isGlued === true &&
    tokens[at + 2]?.isGlued === true &&
    VENUE.test(textAt(tokens, at + 2))
  );
}

/** The position behind a name whose first word ends right before `at`. */
function endOfName(tokens: readonly Token[], at: number, head: Head): number {
  let to = at;
  let words = 1;
  while (words < WORDS_MAX) {
    const more = gluedTo(tokens, to) ?? nextOfName(tokens, to, words, head);
    if (more === null) break;
    to += more.tokens;
    words += more.words;
  }
  return to;
}

interface More {
  readonly tokens: number;
  readonly words: number;
}

/** What goes on a word without a space: "buurt-café", "zaal 1.07". */
function gluedTo(tokens: readonly Token[], at: number): More | null {
  const token = tokens[at];
  if (token === undefined || token.isFirst || !token.isGlued) return null;
  const isJoined =
    (token.text === '-' && tokens[at + 1]?.isGlued === true) ||
    (token.text === '.' && isGluedNumber(tokens, at + 1));
  return isJoined ? { tokens: 2, words: 0 } : null;
}

/** What a name goes on with at a position; null where it ends. */
function nextOfName(tokens: readonly Token[], at: number, words: number, head: Head): More | null {
  const token = tokens[at];
  if (token === undefined || token.isFirst || token.kind === 'gap') return null;
  if (token.kind === 'number') return isRoomNumber(tokens, at) ? { tokens: 1, words: 1 } : null;
  // "’t Sas"
  if (token.text === "'" && tokens[at + 1]?.isGlued === true && isUpper(tokens[at + 2]))
    return { tokens: 3, words: 1 };
  if (token.text === 'of' && isUpper(tokens[at + 1])) return { tokens: 2, words: 2 };
  if (token.kind !== 'word' || isMoment(tokens, at)) return null;
  const isNextUpper = tokens[at + 1]?.kind === 'word' && isUpper(tokens[at + 1]);
  if (head.isProper && JOINERS.has(token.text) && isNextUpper) return { tokens: 1, words: 1 };
  const isBesideSomething =
    !head.isProper &&
    BESIDE.has(token.text) &&
    isOneOf(tokens, at + 1, ARTICLES) &&
    tokens[at + 2]?.kind === 'word';
  if (isBesideSomething) return { tokens: 3, words: 3 };
  return endsName(token, words, head) ? null : { tokens: 1, words: 1 };
}

function endsName(token: Token, words: number, { token: head, hasArticle, isProper }: Head): boolean {
  if (STOPS.has(token.text) || PREPOSITIONS.has(token.text)) return true;
  if (isProper) return !isUpper(token) && !KNOWN.has(token.text);
  if (!isUpper(token)) return CONTRACTION.test(token.text);
  // "in zaal Onthaal" is one name; "at school today Jan brings cake" is not.
  return !hasArticle && words > 1 && !KNOWN.has(head.text) && !VENUE.test(head.text);
}

/** "zaal 2", "Voice 1"; not the time or the date that follows. */
function isRoomNumber(tokens: readonly Token[], at: number): boolean {
  if (clockAt(tokens, at, true) !== null && !isOneOf(tokens, at - 1, KNOWN)) return false;
  return dateAt(tokens, at) === null && (tokens[at]?.raw.length ?? 0) <= NUMBER_DIGITS_MAX;
}

/** "De Reyghere", "’t Sas", "Familia" */
function isNameBehind(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text === "'" && tokens[at + 1]?.isGlued === true) return isUpper(tokens[at + 2]);
  return isUpper(tokens[at]) && tokens[at]?.isFirst === false && !isMoment(tokens, at);
}

/** Whether a time or a day is named at a position. */
export function isMoment(tokens: readonly Token[], at: number): boolean {
  return clockAt(tokens, at, false) !== null || dateAt(tokens, at) !== null;
}

function isName(token: Token, preposition: string, hasArticle: boolean, isBeforeName: boolean): boolean {
  const { text } = token;
  if (NEVER_PLACES.has(text) || monthWord(text) !== undefined || NUMBER_WORDS.has(text) || PARTS.has(text))
    return false;
  const day = dayWord(text);
  if (day !== undefined && !day.isAmbiguous) return false;
  if (preposition === 'on') return PLATFORMS.has(text) || (isUpper(token) && text.length > 2);
  if (isUpper(token) || KNOWN.has(text) || VENUE.test(text)) return true;
  if (!hasArticle && BEFORE_NAMED.has(preposition) && isBeforeName) return true;
  return hasArticle && text.length > 2 && preposition !== 'op' && !NO_PLACES.has(text);
}

/** Whether a word is written with a capital. */
export function isUpper(token: Token | undefined): boolean {
  return token !== undefined && /^\p{Lu}/u.test(token.raw);
}
