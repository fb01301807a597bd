import { isGluedNumber, isGluedOneOf, isOneOf, textAt, type Token } from './tokens.ts';
import { set, ZONE_PLACES, ZONES } from './vocabulary.ts';

const PLACE_FILLERS = set('european standard daylight summer');
const TIME_WORDS = set('time tijd');
/** Zones that are no words of English or Dutch, so that they count in small letters too. */
const ALWAYS_ZONES = set('utc gmt cet');
const OFFSET_ZONES = set('utc gmt');
/** Longer names are no abbreviations. */
const SHORT_NAME_MAX = 4;
/** The zones of fixed offsets that IANA has. */
const OFFSET_HOURS_MAX = { '+': 14, '-': 12 } as const;
/** Offsets of hours and minutes, by places that keep them all year. */
const PLACES_BY_OFFSET: ReadonlyMap<string, string> = new Map([
  ['+3:30', 'Asia/Tehran'],
  ['+4:30', 'Asia/Kabul'],
  ['+5:30', 'Asia/Kolkata'],
  ['+5:45', 'Asia/Kathmandu'],
  ['+6:30', 'Asia/Yangon'],
  ['+8:45', 'Australia/Eucla'],
  ['+9:30', 'Australia/Darwin'],
]);
const COLON = set(':');

interface FoundZone {
  /** IANA name. */
  readonly zone: string;
  readonly to: number;
}

/** "CET", "(UTC)", "UK time" at a position, with the brackets around it. */
export function zoneAt(tokens: readonly Token[], at: number): FoundZone | null {
  const isOpen = textAt(tokens, at) === '(';
  const index = isOpen ? at + 1 : at;
  const token = tokens[index];
  if (token?.kind !== 'word' || (!isOpen && token.isFirst)) return null;
  const found = zoneOfPlace(tokens, index) ?? shortZone(tokens, index, isOpen);
  if (found === null) return null;
  let { to } = found;
  // "CET/CEST" names one zone twice.
  const other = textAt(tokens, to) === '/' ? ZONES.get(textAt(tokens, to + 1)) : undefined;
  if (other !== undefined && other === ZONES.get(token.text)) to += 2;
  return { zone: found.zone, to: isOpen && textAt(tokens, to) === ')' ? to + 1 : to };
}

/** "UK time", "Belgische tijd", "Central European Summer Time". */
function zoneOfPlace(tokens: readonly Token[], at: number): FoundZone | null {
  const zone = ZONE_PLACES.get(textAt(tokens, at));
  if (zone === undefined) return null;
  const next = isOneOf(tokens, at + 1, PLACE_FILLERS) ? at + 2 : at + 1;
  return isOneOf(tokens, next, TIME_WORDS) ? { zone, to: next + 1 } : null;
}

/** "CET", "UTC+2". */
function shortZone(tokens: readonly Token[], at: number, isInBrackets: boolean): FoundZone | null {
  const token = tokens[at];
  const zone = token === undefined ? undefined : ZONES.get(token.text);
  if (token === undefined || zone === undefined) return null;
  const isWrittenSmall = token.raw.length <= SHORT_NAME_MAX && token.raw !== token.raw.toUpperCase();
  if (isWrittenSmall && !ALWAYS_ZONES.has(token.text)) return null;
  if (token.text === 'z' && !token.isGlued) return null;
  const offset = OFFSET_ZONES.has(token.text) ? offsetAt(tokens, at + 1) : null;
  if (offset !== null) return offset;
  // "MET" is Dutch for "with" in a heading in capitals.
  if (token.text === 'met' && !isInBrackets) return null;
  return { zone, to: at + 1 };
}

/** "+2", "+5:30" behind UTC. */
function offsetAt(tokens: readonly Token[], at: number): FoundZone | null {
  const [sign, hours] = [textAt(tokens, at), tokens[at + 1]];
  if ((sign !== '+' && sign !== '-') || hours?.kind !== 'number' || !hours.isGlued) return null;
  if (isGluedOneOf(tokens, at + 2, COLON) && isGluedNumber(tokens, at + 3)) {
    const minutes = textAt(tokens, at + 3);
    if (minutes === '00') return wholeHours(sign, hours.value, at + 4);
    const zone = PLACES_BY_OFFSET.get(`${sign}${hours.value}:${minutes}`);
    return zone === undefined ? null : { zone, to: at + 4 };
  }
  return wholeHours(sign, hours.value, at + 2);
}

function wholeHours(sign: '+' | '-', hours: number, to: number): FoundZone | null {
  if (hours > OFFSET_HOURS_MAX[sign]) return null;
  // IANA counts them the other way round: Etc/GMT-2 is two hours ahead of UTC.
  const zone = hours === 0 ? 'Etc/UTC' : `Etc/GMT${sign === '+' ? '-' : '+'}${hours}`;
  return { zone, to };
}
