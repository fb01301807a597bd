import type { ClockMention } from './mention.ts';
import type { Token } from './tokens.ts';
import {
  BETWEEN_WORDS,
  CLOCK_UNITS,
  DAY_UNITS,
  MINUTE_WORDS,
  NUMBER_WORDS,
  PARTS,
  set,
  ZONE_PLACES,
  ZONES,
  type PartOfDay,
} from './vocabulary.ts';

type Written = Pick<ClockMention, 'hour' | 'minute' | 'precision' | 'half'> & { readonly to: number };

const HOUR_MARKS = set('u h uur hrs uhr');
const BETWEEN = set('between tussen');
const CUES = set(
  'at om @ vanaf from rond around tegen starts start begint begins aanvang omstreeks ca stipt klokslag live',
);
const RANGE_MARKS = set('- – — tot till until to t/m tem through');
const LENGTH_UNITS = set('min mins minutes minuten sec seconds seconden km');
const LENGTH_CUES = set(
  'in duurt duurde last laatste lasts lasted took takes duur duration pb binnen within',
);
/** "'s avonds" without its apostrophe. */
const WRITTEN_TOGETHER: ReadonlyMap<string, PartOfDay> = new Map([
  ['savonds', 'evening'],
  ['smorgens', 'morning'],
  ['sochtends', 'morning'],
  ['smiddags', 'afternoon'],
  ['snachts', 'night'],
]);
const ARTICLES = set('the de het');
const CURRENCIES = set('€ $ £ eur euro euros usd');
/** What makes a number before or behind a dot or colon something else than a time. */
const NOT_BEFORE = set('. : / , # € $ £ + = % ^ ~ x v _ \\');
const NOT_AFTER_GLUED = set('% / € $ £ = ° x _');
/** After "Friday at 8" these say that it was no hour. */
const COUNTED = set(
  'euro euros dollar dollars people personen man leden members points punten km m meter meters degrees graden percent procent spots plaatsen players spelers',
);
/** After a bare hour these say that it was one. */
const AFTER_BARE = set(
  ". , ! ? ; ) ( - | : & • · ~ in on op for with voor met this tonight tomorrow today vandaag morgen vanavond sharp stipt o'clock and en we bij for to till until tot then dan vanaf from the de every elke next each gmt utc cet cest est in for is starts s our ons onze i'm i'll we'll we're ik jullie wij you everyone iedereen / join als if there daar or of @",
);
/** Units that make "2 uur" or "3h" a length of time. */
const LENGTH_BEFORE = set(
  'over in binnen within gedurende duurt duur lasts takes for ongeveer ca circa approx ± ~ elke every per na after nog another last laatste first eerste extra full hele total totaal max maximaal minstens van+',
);
const LENGTH_AFTER = set(
  'lang long durend geleden ago later before voor+ vooraf eerder early earlier stream marathon session sessie per straight of aan playtime each left remaining vertraging delay window break pauze rust away',
);

const isWord = (token: Token | undefined, words: ReadonlySet<string>): boolean =>
  token !== undefined && token.kind !== 'gap' && words.has(token.text);

const isTwoDigits = (token: Token | undefined): token is Token =>
  token?.kind === 'number' && token.raw.length === 2 && token.value <= 59;

/**
 * The time of day that begins with token `at`.
 * @param follows whether a day stands right before it, which makes weak forms ("vrijdag 19.30", "do 8 uur") times.
 */
export function clockAt(tokens: readonly Token[], at: number, follows: boolean): ClockMention | null {
  const written = writtenAt(tokens, at, follows);
  if (written === null) return null;
  const range = skipRange(tokens, written, isWord(tokens[at - 1], BETWEEN));
  let { to } = range;
  let { half } = written;
  // "8-10pm": the end says for both.
  if (half === undefined && range.half !== undefined && written.precision !== 'spoken' && written.hour <= 12)
    half =
      range.half === 'pm' && range.hour !== undefined && written.hour % 12 > range.hour % 12
        ? 'am'
        : range.half;
  const part = partAt(tokens, to);
  if (part !== null) to = part.to;
  const zone = zoneAt(tokens, to);
  if (zone !== null) to = zone.to;
  return {
    kind: 'clock',
    from: at,
    to,
    hour: written.hour,
    minute: written.minute,
    precision: half === 'am' || half === 'pm' ? 'exact' : written.precision,
    half,
    part: part?.part,
    zone: zone?.zone,
    isRange: range.isRange,
  };
}

function writtenAt(tokens: readonly Token[], at: number, follows: boolean): Written | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.kind === 'word') return spokenAt(tokens, at, follows);
  if (token.kind !== 'number' || token.raw.length > 2) return null;
  const before = tokens[at - 1];
  if (token.isGlued && before !== undefined && NOT_BEFORE.has(before.text)) return null;
  if (isWord(before, CURRENCIES)) return null;
  if (token.isGlued && before?.kind === 'word') return null;
  // The second number of a decimal or of an address was refused above; what goes on behind this one is refused here.
  return withMinutes(tokens, at, follows) ?? wholeHour(tokens, at, follows);
}

function withMinutes(tokens: readonly Token[], at: number, follows: boolean): Written | null {
  const [hour, mark, minute] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (hour === undefined || mark === undefined) return null;
  const isCued = follows || isWord(tokens[at - 1], CUES);
  if (mark.isGlued && (mark.text === ':' || mark.text === '.') && isTwoDigits(minute) && minute.isGlued) {
    let to = at + 3;
    const half = halfAt(tokens, to);
    if (half === null) {
      if (tokens[to]?.text === ':' && tokens[to]?.isGlued && isTwoDigits(tokens[to + 1])) {
        // Seconds belong to logs and videos, unless they are none.
        if (tokens[to + 1]?.value !== 0) return null;
        to += 2;
      }
      const next = tokens[to];
      if (next?.isGlued && (NOT_AFTER_GLUED.has(next.text) || next.kind === 'number')) return null;
      if (
        next?.isGlued &&
        (next.text === '.' || next.text === ':' || next.text === ',') &&
        tokens[to + 1]?.kind === 'number' &&
        tokens[to + 1]?.isGlued
      )
        return null;
      if (isWord(next, CURRENCIES) || isWord(next, LENGTH_UNITS)) return null;
    }
    const behind = half === null ? hourMark(tokens, to) : null;
    const isUnmarked = half === null && behind === null && rangeEnd(tokens, to)?.hasUnit !== true;
    if (mark.text === '.' && isUnmarked && !isCued) return null;
    // "finished in 12:34", "duurt 20:15", "the last 8:30" are lengths.
    if (isUnmarked && LENGTH_CUES.has(tokens[at - 1]?.text ?? '')) return null;
    // "The 20:20 Visionaries" is a name.
    if (ARTICLES.has(tokens[at - 1]?.text ?? '') && isUnmarked && /^\p{Lu}/u.test(tokens[to]?.raw ?? ''))
      return null;
    return time(hour.value, minute.value, 'exact', half, half?.to ?? behind ?? to);
  }
  if (
    HOUR_MARKS.has(mark.text) &&
    mark.text !== 'hrs' &&
    isTwoDigits(minute) &&
    (minute.isGlued || mark.isGlued)
  ) {
    const isTwoNumbers = !minute.isGlued && !(mark.isGlued && isCued);
    if (isTwoNumbers || LENGTH_CUES.has(tokens[at - 1]?.text ?? '')) return null;
    return time(hour.value, minute.value, 'exact', null, at + 3);
  }
  return null;
}

function wholeHour(tokens: readonly Token[], at: number, follows: boolean): Written | null {
  const hour = tokens[at];
  if (hour === undefined) return null;
  const before = tokens[at - 1];
  const half = halfAt(tokens, at + 1);
  if (half !== null) return time(hour.value, 0, 'exact', half, half.to);
  const isCued = isWord(before, CUES);
  const marked = hourMark(tokens, at + 1);
  if (marked !== null) {
    if (hour.raw === '24' || hour.value > 23) return null;
    const isLength =
      !isCued &&
      !follows &&
      (isWord(before, LENGTH_BEFORE) ||
        isWord(tokens[marked], LENGTH_AFTER) ||
        (partAt(tokens, marked) === null && hour.value < 7));
    if (isLength || isWord(tokens[marked], LENGTH_AFTER)) return null;
    const mark = tokens[at + 1]?.text;
    // "2h" beside nothing is a length, "20h" a time.
    if (mark === 'hrs' && !isCued && !follows) return null;
    return time(hour.value, 0, hour.value > 12 || hour.raw.startsWith('0') ? 'exact' : 'bare', null, marked);
  }
  // "19-21u", "8-10pm", "van 19 tot 21 uur": the unit stands at the end.
  const range = rangeEnd(tokens, at + 1);
  if (range?.hasUnit && (isCued || follows || range.half !== undefined || range.to > at + 3))
    return time(hour.value, 0, hour.value > 12 ? 'exact' : 'bare', null, at + 1);
  if (isWord(tokens[at + 1], set("o'clock oclock"))) return time(hour.value, 0, 'bare', null, at + 2);
  if (hour.value > 23) return null;
  if ((isCued || follows) && partAt(tokens, at + 1) !== null)
    return time(hour.value, 0, 'bare', null, at + 1);
  if (!isCued) return null;
  const next = tokens[at + 1];
  if (follows && next?.kind === 'word' && !next.isGlued && !COUNTED.has(next.text))
    return time(hour.value, 0, hour.value > 12 ? 'exact' : 'bare', null, at + 1);
  if (next === undefined || next.isFirst || isBareEnd(tokens, at + 1))
    return time(hour.value, 0, hour.value > 12 ? 'exact' : 'bare', null, at + 1);
  return null;
}

/** Whether what follows "at 8" leaves it a time: "at 8 euros" and "at 8.5" do not. */
function isBareEnd(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at];
  if (next === undefined) return true;
  if (next.isGlued && (NOT_AFTER_GLUED.has(next.text) || next.kind === 'number')) return false;
  if (next.kind === 'gap' || next.kind === 'channel' || next.kind === 'stamp') return true;
  if (next.isGlued && (next.text === '.' || next.text === ',' || next.text === ':'))
    return tokens[at + 1]?.kind !== 'number' || !tokens[at + 1]?.isGlued;
  if (next.text === '/' || next.text === '-') return tokens[at + 1]?.kind !== 'number';
  if (next.kind === 'mark') return !CURRENCIES.has(next.text) && next.text !== '%';
  if (partAt(tokens, at) !== null || zoneAt(tokens, at) !== null) return true;
  return AFTER_BARE.has(next.text);
}

function time(
  hour: number,
  minute: number,
  precision: Written['precision'],
  half: { readonly half: 'am' | 'pm'; readonly to: number } | null,
  to: number,
): Written | null {
  if (half !== null && (hour < 1 || hour > 12)) {
    // "19:30 pm" is a slip that says nothing else.
    return hour <= 23 && half.half === 'pm'
      ? { hour, minute, precision: 'exact', half: undefined, to }
      : null;
  }
  if (hour > 23 && !(hour === 24 && minute === 0)) return null;
  return hour === 24
    ? { hour: 0, minute, precision: 'exact', half: 'midnight', to }
    : { hour, minute, precision, half: half?.half, to };
}

/** "am", "p.m.", "PM" at a position. */
function halfAt(tokens: readonly Token[], at: number): { half: 'am' | 'pm'; to: number } | null {
  const token = tokens[at];
  if (token?.kind !== 'word') return null;
  if (token.text === 'am' || token.text === 'pm') return { half: token.text, to: at + 1 };
  if (
    (token.text === 'a' || token.text === 'p') &&
    tokens[at + 1]?.text === '.' &&
    tokens[at + 1]?.isGlued &&
    tokens[at + 2]?.text === 'm'
  ) {
    const to = tokens[at + 3]?.text === '.' ? at + 4 : at + 3;
    return { half: token.text === 'a' ? 'am' : 'pm', to };
  }
  return null;
}

function hourMark(tokens: readonly Token[], at: number): number | null {
  const token = tokens[at];
  return token !== undefined && !token.isFirst && token.kind === 'word' && HOUR_MARKS.has(token.text)
    ? at + 1
    : null;
}

interface RangeEnd {
  readonly to: number;
  readonly hour: number;
  readonly half: 'am' | 'pm' | undefined;
  readonly hasUnit: boolean;
}

/** "- 21:00", "tot 21u", "to 10pm" at a position. */
function rangeEnd(tokens: readonly Token[], at: number): RangeEnd | null {
  const mark = tokens[at];
  if (mark === undefined || mark.isFirst || !(isWord(mark, RANGE_MARKS) || isWord(mark, set('en and'))))
    return null;
  let index = at + 1;
  if (tokens[index]?.text === 't' || tokens[index]?.text === 'ca') index += 1;
  const end = tokens[index];
  if (end?.kind !== 'number' || end.raw.length > 2 || end.value > 24) {
    const spoken = end?.kind === 'word' ? spokenAt(tokens, index, false) : null;
    return spoken === null || isWord(mark, set('en and'))
      ? null
      : { to: spoken.to, hour: spoken.hour, half: undefined, hasUnit: false };
  }
  const colon = tokens[index + 1];
  const hasMinutes =
    colon?.isGlued === true && set(': . u h').has(colon.text) && isTwoDigits(tokens[index + 2]);
  let to = hasMinutes ? index + 3 : index + 1;
  const half = halfAt(tokens, to);
  if (half !== null) to = half.to;
  const unit = hourMark(tokens, to);
  if (unit !== null) to = unit;
  return { to, hour: end.value, half: half?.half, hasUnit: half !== null || unit !== null || hasMinutes };
}

function skipRange(
  tokens: readonly Token[],
  written: Written,
  isBetween: boolean,
): { to: number; isRange: boolean; half?: 'am' | 'pm' | undefined; hour?: number } {
  const end = rangeEnd(tokens, written.to);
  if (end === null) return { to: written.to, isRange: false };
  const mark = tokens[written.to];
  // "at 19:30 and 21:00" are two times; only between makes "and" a range.
  if (isWord(mark, set('en and')) && !isBetween) return { to: written.to, isRange: false };
  if (!end.hasUnit && mark?.text === '-' && tokens[end.to]?.text === '-')
    return { to: written.to, isRange: false };
  return { to: end.to, isRange: true, half: end.half, hour: end.hour };
}

/** "half acht", "kwart voor negen", "tien over half acht", "half past seven", "acht uur", "noon", "midnight". */
function spokenAt(tokens: readonly Token[], at: number, follows: boolean): Written | null {
  const word = tokens[at];
  if (word === undefined) return null;
  const isSaid =
    follows || word.isFirst || isWord(tokens[at - 1], CUES) || isWord(tokens[at - 1], set('until till tot'));
  switch (isSaid ? word.text : word.text.replace(/^(?:noon|midday|midnight|middernacht)$/, '')) {
    case 'noon':
    case 'midday':
      return { hour: 12, minute: 0, precision: 'exact', half: undefined, to: at + 1 };
    case 'midnight':
    case 'middernacht':
      return { hour: 0, minute: 0, precision: 'exact', half: 'midnight', to: at + 1 };
    case 'half': {
      const past = set('past after').has(tokens[at + 1]?.text ?? '');
      const hour = hourWord(tokens, past ? at + 2 : at + 1);
      if (
        hour === null ||
        (!past && tokens[at + 1]?.kind === 'number' && !isWord(tokens[at - 1], CUES) && !follows)
      )
        return null;
      return past ? spoken(hour.hour, 30, hour.to) : spoken(hour.hour - 1, 30, hour.to);
    }
    default:
  }
  const minutes = MINUTE_WORDS.get(word.text);
  const direction = tokens[at + 1]?.text ?? '';
  if (minutes !== undefined && set('past over after to voor before').has(direction)) {
    const isAfter = set('past over after').has(direction);
    const isHalf = tokens[at + 2]?.text === 'half';
    const hour = hourWord(tokens, isHalf ? at + 3 : at + 2);
    if (hour === null || set('minuten minutes min minuutjes').has(tokens[hour.to]?.text ?? '')) return null;
    const base = (isHalf ? hour.hour * 60 - 30 : hour.hour * 60) + (isAfter ? minutes : -minutes);
    return spoken(Math.floor(base / 60), base % 60, hour.to);
  }
  const hour = NUMBER_WORDS.get(word.text);
  if (hour === undefined) return null;
  const isClock = isWord(tokens[at + 1], set("uur o'clock oclock"));
  if (
    isClock &&
    (isWord(tokens[at - 1], CUES) || follows || partAt(tokens, at + 2) !== null) &&
    !isWord(tokens[at + 2], LENGTH_AFTER)
  )
    return spoken(hour, 0, at + 2);
  const half = halfAt(tokens, at + 1);
  if (half !== null) return time(hour, 0, 'exact', half, half.to);
  if (
    word.text !== 'een' &&
    word.text !== 'one' &&
    isWord(tokens[at - 1], set('at om @ rond tegen')) &&
    isBareEnd(tokens, at + 1)
  )
    return spoken(hour, 0, at + 1);
  return null;
}

function spoken(hour: number, minute: number, to: number): Written {
  return { hour: (hour + 24) % 24, minute, precision: 'spoken', half: undefined, to };
}

function hourWord(tokens: readonly Token[], at: number): { hour: number; to: number } | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const hour =
    NUMBER_WORDS.get(token.text) ??
    (token.kind === 'number' && token.raw.length <= 2 ? token.value : undefined);
  if (hour === undefined || hour < 1 || hour > 12) return null;
  const unit = tokens[at + 1];
  if (unit !== undefined && (DAY_UNITS.has(unit.text) || (CLOCK_UNITS.has(unit.text) && unit.text !== 'uur')))
    return null;
  return { hour, to: unit?.text === 'uur' ? at + 2 : at + 1 };
}

/** "in the evening", "'s avonds", "tonight" said behind a time. */
export function partAt(tokens: readonly Token[], at: number): { part: PartOfDay; to: number } | null {
  const [first, second, third] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (first === undefined || first.isFirst) return null;
  if (first.text === 'in' && isWord(second, set('the de')) && third !== undefined) {
    const part = PARTS.get(third.text);
    return part === undefined ? null : { part, to: at + 3 };
  }
  if ((first.text === "'" || first.text === 's') && second !== undefined) {
    const word = first.text === "'" ? third : second;
    const part = first.text === "'" && second.text !== 's' ? undefined : PARTS.get(word?.text ?? '');
    return part === undefined ? null : { part, to: at + (first.text === "'" ? 3 : 2) };
  }
  const written = WRITTEN_TOGETHER.get(first.text);
  if (written !== undefined) return { part: written, to: at + 1 };
  if (first.text === 'at' && second?.text === 'night') return { part: 'evening', to: at + 2 };
  return null;
}

/** "CET", "(UTC)", "UK time" at a position, with the brackets around it. */
export function zoneAt(tokens: readonly Token[], at: number): { zone: string; to: number } | null {
  const isOpen = tokens[at]?.text === '(';
  const index = isOpen ? at + 1 : at;
  const token = tokens[index];
  if (token?.kind !== 'word' || (!isOpen && token.isFirst)) return null;
  const place = ZONE_PLACES.get(token.text);
  const closed = (to: number): number => {
    let end = to;
    // "CET/CEST" names one zone twice.
    if (tokens[end]?.text === '/' && ZONES.get(tokens[end + 1]?.text ?? '') === ZONES.get(token.text))
      end += 2;
    return isOpen && tokens[end]?.text === ')' ? end + 1 : end;
  };
  if (place !== undefined) {
    let next = index + 1;
    if (set('european standard daylight summer').has(tokens[next]?.text ?? '')) next += 1;
    return set('time tijd').has(tokens[next]?.text ?? '') ? { zone: place, to: closed(next + 1) } : null;
  }
  const zone = ZONES.get(token.text);
  if (
    zone === undefined ||
    (token.raw.length <= 4 &&
      token.raw !== token.raw.toUpperCase() &&
      token.text !== 'utc' &&
      token.text !== 'gmt' &&
      token.text !== 'cet')
  )
    return null;
  if (token.text === 'z' && !token.isGlued) return null;
  const offset = offsetAt(tokens, index + 1);
  if (offset !== null && (token.text === 'utc' || token.text === 'gmt'))
    return { zone: offset.zone, to: closed(offset.to) };
  if (set('met z').has(token.text) && token.text === 'met')
    return token.raw === 'MET' && !isOpen ? null : isOpen ? { zone, to: closed(index + 1) } : null;
  return { zone, to: closed(index + 1) };
}

/** "+2" behind UTC. */
function offsetAt(tokens: readonly Token[], at: number): { zone: string; to: number } | null {
  const [sign, hours] = [tokens[at], tokens[at + 1]];
  if (
    !(sign?.text === '+' || sign?.text === '-') ||
    hours?.kind !== 'number' ||
    !hours.isGlued ||
    hours.value > 14
  )
    return null;
  return { zone: `UTC${sign.text}${hours.value}`, to: at + 2 };
}

/** Whether only filling stands between two positions. */
export function isBeside(tokens: readonly Token[], from: number, to: number): boolean {
  if (to < from || to - from > 4) return false;
  for (let index = from; index < to; index += 1) {
    const token = tokens[index];
    if (token === undefined || !(BETWEEN_WORDS.has(token.text) || token.kind === 'gap')) return false;
  }
  return true;
}
