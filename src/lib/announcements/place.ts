import { clockAt } from '#lib/time/mentions/clock-times';
import { dateAt } from '#lib/time/mentions/dates';
import type { Token } from '#lib/time/mentions/tokens';
import { monthWord, dayWord, NUMBER_WORDS, PARTS, set } from '#lib/time/mentions/vocabulary';

const PREPOSITIONS = set('in at op bij @ on te aan naar tegen');
const ARTICLES = set('the de het our onze ons den een a an my mijn');
/** Written small, but places all the same. */
const KNOWN = set(
  'voice vc twitch zoom discord youtube stage teams jitsi meet general lounge kantine cafetaria aula zaal lokaal room hall bibliotheek library park lobby channel kanaal studio garage kelder zolder kerk church school campus office kantoor clubhuis clublokaal café cafe pub bar kroeg main online thuis live',
);
const PLATFORMS = set(
  'twitch youtube discord zoom teams jitsi stage voice facebook instagram kick channel kanaal',
);
const LANGUAGES = set(
  'english engels dutch nederlands french frans german duits spanish spaans italian italiaans vlaams portuguese portugees minecraft person winter summer zomer spring lente autumn herfst total totaal general particular short kort case geval advance time tijd tijde order volgorde',
);
const STOPS = set(
  'with met for voor and en om at on tot until to from vanaf then dan we is are zijn bring breng but maar if als so zodat please graag who wie no geen see join kom every elke each or of because want starting beginnend this deze next volgende after na before rond around hosted by door as about over also ook be there',
);
const JOINERS = set('de van der den of the & du la le het en');
const WORDS_MAX = 6;
const MEETING = set(
  'watch join kom come listen vertrek vertrekken afspraak afspreken verzamelen verzamel meet meeting samenkomst samen spreken start gather',
);
/** Where one pays or waits rather than meets. */
const PAID_AT = set('deur door kassa inkom ingang entrance till');
/** What "in the" introduces and is no place. */
const NO_PLACES = set(
  'thread threads comments comment reacties chat agenda bio description beschrijving faq meantime meanwhile end start beginning begin einde evening avond avonds morning ochtend middag week weekend month maand year jaar time tijd uur hour moment future toekomst past same way dark rain regen zon cold kou team teams group groep groepen groups rij oven bak mail inbox dms form formulier list lijst link spreadsheet poll event game spel stream kist first eerste second tweede third derde last laatste dag day night nacht season seizoen finale final mood works name naam water hand vuur top bottom side price prijs post message bericht usual gewone wiki docs repo code server pinned pins channel tickets ticket discord rules server buitenland bestuur staff leden iedereen kids kinderen broncode code stof materie praktijk loop middle midden slag gang kader rest other andere both beide meeste same zelfde way manier bus trein auto car train lucht air sun world wereld holidays vakantie examens exams',
);
const INVITING = set('welkom welcome verzamelen afspraak afspreken af join us you meet');
const VENUE =
  /(?:caf[eé]|zaal|lokaal|voice|huis|bib\b|biblio|kapel|kerk|park|room|hall|stage|tavern|kroeg|pub|bar|hackerspace|makerspace|lounge|theater|theatre|aula|campus|studio|kantine|club|library|centre|center|centrum|terrein|veld|weide|spraak|station|plein|square|school|gym|lab|channel|kanaal|space)/iu;

/** A place named right behind the words that say when, within their sentence: "… at 20:15 in Voice 1". */
export function placeBehind(text: string, tokens: readonly Token[], at: number): string | null {
  return placeFrom(text, tokens, skipMarks(tokens, at));
}

/** What a place within a sentence is looked for in. */
interface Where {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly from: number;
  readonly to: number;
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
    const token = tokens[at];
    // "…, Voice 4."
    const [noun, number] = [tokens[at + 1], tokens[at + 2]];
    if (
      token?.text === ',' &&
      at >= moment &&
      noun?.kind === 'word' &&
      VENUE.test(noun.raw) &&
      isUpper(noun) &&
      number !== undefined &&
      /^(?:\d{1,3}|[A-Z])$/.test(number.raw)
    )
      return text.slice(noun.start, number.end);
    if (token === undefined || !set('in at op bij aan @ on via').has(token.text)) continue;
    const named = nameFrom(text, tokens, at + 1, token.text);
    if (named === null || PAID_AT.has(tokens[at + 2]?.text ?? '')) continue;
    const isUpperName = /^\p{Lu}/u.test(named.place);
    const hasArticle = ARTICLES.has(tokens[at + 1]?.text ?? '');
    const isChannel = named.place.startsWith('<#');
    const isVenue = VENUE.test(named.place) && (isUpperName || /\p{Lu}|\d/u.test(named.place) || hasArticle);
    // "welkom in Onthaal"
    const isInvited =
      (INVITING.has(tokens[at - 1]?.text ?? '') || (isLoose && token.text !== 'in')) && isUpperName;
    const isThere =
      at >= moment &&
      hasArticle &&
      (isUpperName || (token.text !== 'op' && token.text !== 'bij')) &&
      named.to - at <= 7;
    const behind = tokens[named.to];
    const isHash =
      named.place.startsWith('#') && (behind === undefined || behind.kind === 'mark' || behind.isFirst);
    // "boekhandel De Reyghere", "buurthuis ’t Sas"
    const isNamed =
      /^\p{Ll}+ (?:[^\s]{1,3} )?\p{Lu}/u.test(named.place) && set('in bij via aan').has(token.text);
    const isPlatform = PLATFORMS.has(named.place.toLowerCase());
    const isNumbered = at >= moment && /^\p{L}+ \d{1,3}$/u.test(named.place);
    const isAt = at >= moment && isUpperName && set('at bij @').has(token.text);
    const next = tokens[named.to];
    // "donderdag cantus in de Blauwe Kater, om 20u30"
    const isBeforeMoment =
      next?.text === ',' && (isMoment(tokens, named.to + 1) || isMoment(tokens, named.to + 2)) && isUpperName;
    if (
      isNamed ||
      isPlatform ||
      isChannel ||
      isHash ||
      isVenue ||
      isInvited ||
      isThere ||
      isNumbered ||
      isAt ||
      isBeforeMoment
    )
      return named.place;
  }
  return null;
}

/** "Vertrek aan de kerk", "meet at the pier" */
export function isMeetingPoint({ tokens, from, to }: Where): boolean {
  return tokens.slice(from, Math.min(to, from + 4)).some(({ text }) => MEETING.has(text));
}

function skipMarks(tokens: readonly Token[], at: number): number {
  let index = at;
  while (index < at + 2 && set(', - ( | • · ~ :').has(tokens[index]?.text ?? '') && !tokens[index]?.isFirst)
    index += 1;
  return index;
}

/** "in Voice 1", "@ Café De Zon", "<#123>" from a token on. */
function placeFrom(text: string, tokens: readonly Token[], at: number): string | null {
  const first = tokens[at];
  if (first === undefined || first.isFirst) return null;
  if (first.kind === 'channel') return first.raw;
  if (!PREPOSITIONS.has(first.text)) return null;
  const named = nameFrom(text, tokens, at + 1, first.text);
  return named?.place ?? null;
}

/** A place right before the words that say when: "in de kantine op vrijdag". */
export function placeBefore(text: string, tokens: readonly Token[], before: number): string | null {
  for (let at = before - 1; at >= Math.max(0, before - 9); at -= 1) {
    const token = tokens[at];
    if (token === undefined) return null;
    if (PREPOSITIONS.has(token.text)) {
      const named = nameFrom(text, tokens, at + 1, token.text);
      if (named !== null && onlyFilling(tokens, named.to, before)) return named.place;
    }
    if (token.isFirst) return null;
  }
  return null;
}

function onlyFilling(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1)
    if (!set(', on op om at @ - ( | vanaf from :').has(tokens[at]?.text ?? '')) return false;
  return to >= from;
}

function nameFrom(
  text: string,
  tokens: readonly Token[],
  at: number,
  preposition: string,
): { place: string; to: number } | null {
  let index = at;
  // "at The Crown": written large, it belongs to the name.
  const hasArticle =
    ARTICLES.has(tokens[index]?.text ?? '') && !(isUpper(tokens[index]) && isUpper(tokens[index + 1]));
  if (hasArticle) index += 1;
  const first = tokens[index];
  if (first === undefined || first.isFirst) return null;
  if (first.kind === 'channel') return { place: first.raw, to: index + 1 };
  const isHash = first.text === '#' && tokens[index + 1]?.isGlued === true;
  const head = isHash ? tokens[index + 1] : first;
  if (head === undefined || (head.kind !== 'word' && !isHash)) return null;
  const isHyphenated =
    tokens[index + 1]?.text === '-' &&
    tokens[index + 1]?.isGlued === true &&
    tokens[index + 2]?.isGlued === true;
  const isPlaceName = isHyphenated && VENUE.test(tokens[index + 2]?.text ?? '');
  if (!isHash && !isPlaceName && !isName(head, preposition, hasArticle, isNameBehind(tokens, index + 1)))
    return null;
  if (clockAt(tokens, index, true) !== null || dateAt(tokens, index) !== null) return null;
  const isProper = isUpper(head) || isHash || (!hasArticle && isNameBehind(tokens, index + 1));
  let to = isHash ? index + 2 : index + 1;
  let count = 1;
  while (count < WORDS_MAX) {
    const token = tokens[to];
    if (token === undefined || token.isFirst || token.kind === 'gap') break;
    if (token.isGlued && token.text === '-' && tokens[to + 1]?.isGlued === true) {
      to += 2;
      continue;
    }
    if (
      token.isGlued &&
      token.text === '.' &&
      tokens[to + 1]?.isGlued === true &&
      tokens[to + 1]?.kind === 'number'
    ) {
      to += 2;
      continue;
    }
    if (token.kind === 'number') {
      if (clockAt(tokens, to, true) !== null && !KNOWN.has(tokens[to - 1]?.text ?? '')) break;
      if (dateAt(tokens, to) !== null || token.raw.length > 3) break;
      to += 1;
      count += 1;
      continue;
    }
    if (token.text === "'" && tokens[to + 1]?.isGlued === true && isUpper(tokens[to + 2])) {
      to += 3;
      count += 1;
      continue;
    }
    if (token.text === 'of' && isUpper(tokens[to + 1])) {
      to += 2;
      count += 2;
      continue;
    }
    if (token.kind !== 'word' || isMoment(tokens, to)) break;
    const isJoiner =
      JOINERS.has(token.text) && tokens[to + 1]?.kind === 'word' && isUpper(tokens[to + 1]) && isProper;
    if (!isJoiner) {
      // "atelier aan de kaai"
      if (
        !isProper &&
        set('aan achter naast boven onder').has(token.text) &&
        ARTICLES.has(tokens[to + 1]?.text ?? '') &&
        tokens[to + 2]?.kind === 'word'
      ) {
        to += 3;
        count += 3;
        continue;
      }
      if (STOPS.has(token.text) || PREPOSITIONS.has(token.text)) break;
      if (isProper && !isUpper(token) && !KNOWN.has(token.text)) break;
      if (
        !isProper &&
        isUpper(token) &&
        !hasArticle &&
        count > 1 &&
        !KNOWN.has(head.text) &&
        !VENUE.test(head.text)
      )
        break;
      if (!isProper && !isUpper(token) && /'(?:re|ll|ve|m|s|d)$/.test(token.text)) break;
    }
    to += 1;
    count += 1;
  }
  // "op de vergadering van" goes on with what is no name.
  if (set('van of').has(tokens[to - 1]?.text ?? '')) return null;
  const start = tokens[index]?.start ?? 0;
  const end = tokens[to - 1]?.end ?? 0;
  return { place: text.slice(start, end).trim(), to };
}

/** "De Reyghere", "’t Sas", "Familia" */
function isNameBehind(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text === "'" && tokens[at + 1]?.isGlued === true) return isUpper(tokens[at + 2]);
  return isUpper(tokens[at]) && tokens[at]?.isFirst === false && !isMoment(tokens, at);
}

function isMoment(tokens: readonly Token[], at: number): boolean {
  return clockAt(tokens, at, false) !== null || dateAt(tokens, at) !== null;
}

function isName(token: Token, preposition: string, hasArticle: boolean, isBeforeName: boolean): boolean {
  const { text } = token;
  if (LANGUAGES.has(text) || monthWord(text) !== undefined || NUMBER_WORDS.has(text) || PARTS.has(text))
    return false;
  const day = dayWord(text);
  if (day !== undefined && !day.isAmbiguous) return false;
  if (preposition === 'on') return PLATFORMS.has(text) || (isUpper(token) && text.length > 2);
  if (isUpper(token) || KNOWN.has(text) || VENUE.test(text)) return true;
  if (!hasArticle && set('in bij via aan').has(preposition) && isBeforeName) return true;
  return hasArticle && text.length > 2 && preposition !== 'op' && !NO_PLACES.has(text);
}

function isUpper(token: Token | undefined): boolean {
  return token !== undefined && /^\p{Lu}/u.test(token.raw);
}
