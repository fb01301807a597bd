import type { Weekday } from '../calendar.ts';
import { clockAt, isBeside, partAt } from './clock-times.ts';
import type { DateMention, DayReference, PastMention } from './mention.ts';
import type { Token } from './tokens.ts';
import {
  DAY_UNITS,
  DAY_WORDS,
  dayWord,
  LAST_WORDS,
  monthWord,
  NEXT_WORDS,
  NUMBER_WORDS,
  ORDINAL_ENDINGS,
  PARTS,
  PAST_WORDS,
  set,
  THIS_WORDS,
  type PartOfDay,
} from './vocabulary.ts';

const FROM_WORDS = set(
  'from starting vanaf beginning startend beginnend beginnen begint as start startdatum starts',
);
const UNTIL_WORDS = set('until till through tot untill tem');
const FILLERS = set('on op the de den van of for voor , het');
const GREETINGS = set('goede goeie goei good goeden goe gm');
const MONTH_DAY_MARKS = set('. , & + / - en and');

type Found = { readonly day: DayReference; readonly part?: PartOfDay | undefined; readonly to: number };

/** The day that is named from token `at` on, or that something named there is over. */
export function dateAt(
  tokens: readonly Token[],
  at: number,
  isLabelled = false,
): DateMention | PastMention | null {
  const past = pastAt(tokens, at);
  if (past !== null) return past;
  const found =
    weekdayFirst(tokens, at) ??
    absoluteAt(tokens, at, undefined, isLabelled) ??
    relativeAt(tokens, at) ??
    dayOfMonthAt(tokens, at);
  if (found === null) return null;
  const part = found.part === undefined ? plainPartAt(tokens, found.to) : null;
  const { from, role } = introduction(tokens, at);
  if (set('since sinds').has(tokens[at - 1]?.text ?? '') && tokens[at]?.isFirst === false)
    return { kind: 'past', from: at, to: found.to };
  return {
    kind: 'date',
    from,
    to: part?.to ?? found.to,
    day: found.day,
    part: found.part ?? part?.part,
    role,
  };
}

/** What "from", "until" and their like before a date make of it. */
function introduction(tokens: readonly Token[], at: number): { from: number; role: DateMention['role'] } {
  let index = at - 1;
  while (
    index >= at - 3 &&
    index >= 0 &&
    (tokens[index]?.text === ':' || FILLERS.has(tokens[index]?.text ?? '')) &&
    !tokens[index + 1]?.isFirst
  )
    index -= 1;
  const word = tokens[index]?.text ?? '';
  if (tokens[index + 1]?.isFirst) return { from: at, role: 'on' };
  if (FROM_WORDS.has(word) && (word !== 'as' || tokens[index + 1]?.text === 'of'))
    return { from: index, role: 'from' };
  if (word === 'ingang' && tokens[index - 1]?.text === 'met') return { from: index - 1, role: 'from' };
  if (UNTIL_WORDS.has(word)) return { from: index, role: 'until' };
  // "first one on 8 April", "eerste keer op 9 maart"
  if (
    set('one keer time session sessie editie edition les lesson meeting avond run').has(word) &&
    set('first eerste').has(tokens[index - 1]?.text ?? '')
  )
    return { from: at, role: 'from' };
  // "tot en met 1 juni"
  if (word === 'met' && tokens[index - 1]?.text === 'en' && tokens[index - 2]?.text === 'tot')
    return { from: index - 2, role: 'until' };
  // "t/m 3 mei"
  if (word === 'm' && tokens[index - 1]?.text === '/' && tokens[index - 2]?.text === 't')
    return { from: index - 2, role: 'until' };
  return { from: at, role: 'on' };
}

/** "Friday evening", "vrijdag avond", "tomorrow night", "Friday in the evening". */
function plainPartAt(tokens: readonly Token[], at: number): { part: PartOfDay; to: number } | null {
  const token = tokens[at];
  if (token === undefined || token.isFirst) return null;
  const said = partAt(tokens, at);
  if (said !== null) return said;
  const part = PARTS.get(token.text);
  if (part === undefined) return null;
  return { part: token.text === 'night' ? 'evening' : part, to: at + 1 };
}

function pastAt(tokens: readonly Token[], at: number): PastMention | null {
  const token = tokens[at];
  if (token?.kind !== 'word') return null;
  if (PAST_WORDS.has(token.text.replace(/'s$/, ''))) return { kind: 'past', from: at, to: at + 1 };
  const next = tokens[at + 1];
  if (!LAST_WORDS.has(token.text) || next?.kind !== 'word') return null;
  if (dayWord(next.text) !== undefined && !isRecurringLast(tokens, at + 2))
    return { kind: 'past', from: at, to: at + 2 };
  if (!set('night week weekend month maand year jaar evening avond time keer nacht').has(next.text))
    return null;
  // "vorige week dinsdag"
  const isWeekday = next.text === 'week' && dayWord(tokens[at + 2]?.text ?? '') !== undefined;
  return { kind: 'past', from: at, to: isWeekday ? at + 3 : at + 2 };
}

/** "last Friday of the month" is not over. */
function isRecurringLast(tokens: readonly Token[], at: number): boolean {
  return set('of van in').has(tokens[at]?.text ?? '');
}

/** A day's name, alone or before a date, with what is said about which one. */
function weekdayFirst(tokens: readonly Token[], at: number): Found | null {
  let index = at;
  let which: 'bare' | 'this' | 'next' = 'bare';
  let weeks = 0;
  const first = tokens[index];
  if (first?.kind !== 'word') return null;
  if (first.text === 'a' && tokens[at + 1]?.text === '.' && tokens[at + 2]?.text === 's') {
    which = 'this';
    index = tokens[at + 3]?.text === '.' ? at + 4 : at + 3;
  } else if (first.text === 'as' && dayWord(tokens[at + 1]?.text ?? '') !== undefined) {
    which = 'this';
    index = at + 1;
  } else if (NEXT_WORDS.has(first.text)) {
    which = 'next';
    index = at + 1;
    if (set('week').has(tokens[index]?.text ?? '')) {
      index += 1;
      while (FILLERS.has(tokens[index]?.text ?? '')) index += 1;
    }
  } else if (THIS_WORDS.has(first.text)) {
    which = 'this';
    index = at + 1;
    while (
      THIS_WORDS.has(tokens[index]?.text ?? '') ||
      (tokens[index]?.text === 'week' && tokens[index]?.kind === 'word')
    )
      index += 1;
  }
  const token = tokens[index];
  const day = token?.kind === 'word' ? dayWord(token.text.replace(/'s$/, '')) : undefined;
  if (token === undefined || day === undefined) return null;
  if (token.isGlued && tokens[index - 1]?.text === '/') return null;
  if (day.isPlural && day.part === undefined) return null;
  let to = index + 1;
  if (tokens[to]?.text === '.' && tokens[to]?.isGlued && token.raw.length <= 5) to += 1;
  let part = day.part ?? undefined;
  if (part === undefined) {
    const said = plainPartAt(tokens, to);
    if (said !== null) {
      part = said.part;
      to = said.to;
    }
  }
  const { weekday } = day;
  if (which === 'bare' && isStatedToday(tokens, at) && !isDaylike(tokens, at, to)) return null;
  const absolute = absoluteAfter(tokens, to, weekday);
  if (absolute !== null) return { ...absolute, part };
  if (which === 'bare' && day.isAmbiguous && !isDaylike(tokens, at, to)) return null;
  if (which === 'bare') {
    const after = laterWeek(tokens, to);
    if (after !== null) {
      which = after.which;
      weeks = after.weeks;
      to = after.to;
    }
  }
  return { day: { is: 'weekday', weekday, which, weeks }, part, to };
}

/** "Friday next week", "vrijdag volgende week", "vrijdag over een week", "Friday of next week". */
function laterWeek(
  tokens: readonly Token[],
  at: number,
): { which: 'next' | 'this' | 'bare'; weeks: number; to: number } | null {
  let index = at;
  if (set('of in van').has(tokens[index]?.text ?? '')) index += 1;
  if (tokens[index + 1]?.text === 'week') {
    if (NEXT_WORDS.has(tokens[index]?.text ?? '')) return { which: 'next', weeks: 0, to: index + 2 };
    if (set('this deze').has(tokens[index]?.text ?? '')) return { which: 'this', weeks: 0, to: index + 2 };
  }
  const unit = tokens[at + 2];
  if (set('over in').has(tokens[at]?.text ?? '') && unit !== undefined && DAY_UNITS.get(unit.text) === 7) {
    const count = countOf(tokens[at + 1]);
    if (count !== undefined) return { which: 'bare', weeks: count, to: at + 3 };
  }
  return null;
}

/** Whether a short name ("do", "zo", "sun") stands where only a day would: before a time or behind a word for days. */
function isDaylike(tokens: readonly Token[], at: number, to: number): boolean {
  const next = tokens[to];
  if (next === undefined) return tokens[at]?.isFirst === true && at === 0;
  if (set('on op this deze elke every komende').has(tokens[at - 1]?.text ?? '')) return true;
  for (let index = to; index <= to + 1; index += 1) {
    if (clockAt(tokens, index, true) !== null && isBeside(tokens, to, index)) return true;
  }
  return false;
}

/** "het is maandag", "it's Monday" */
function isStatedToday(tokens: readonly Token[], at: number): boolean {
  const [before, first] = [tokens[at - 1]?.text, tokens[at - 2]?.text];
  return (
    before === "it's" ||
    (before === 'is' && (first === 'het' || first === 'it' || first === 'today' || first === "'t"))
  );
}

function absoluteAfter(tokens: readonly Token[], at: number, weekday: Weekday): Found | null {
  let index = at;
  while (
    index < at + 3 &&
    tokens[index] !== undefined &&
    !tokens[index]?.isFirst &&
    (FILLERS.has(tokens[index]?.text ?? '') || set('( -').has(tokens[index]?.text ?? ''))
  )
    index += 1;
  if (tokens[index]?.isFirst) return null;
  const found = absoluteAt(tokens, index, weekday) ?? dayOfMonthAfter(tokens, index, weekday);
  return found === null
    ? null
    : {
        ...found,
        to: tokens[index - 1]?.text === '(' && tokens[found.to]?.text === ')' ? found.to + 1 : found.to,
      };
}

/** "Friday the 15th", "vrijdag 15": a day's name makes a bare number the day of the month. */
function dayOfMonthAfter(tokens: readonly Token[], at: number, weekday: Weekday): Found | null {
  const day = tokens[at];
  if (day?.kind !== 'number' || day.raw.length > 2 || day.value < 1 || day.value > 31) return null;
  const ending = tokens[at + 1];
  if (!(ending?.isGlued === true && ORDINAL_ENDINGS.has(ending.text))) return null;
  return { day: { is: 'day-of-month', day: day.value, weekday }, to: at + 2 };
}

/** A date with its month: `12/03/2027`, `2027-03-12`, `12 maart`, `March 12th, 2027`, `3, 10 en 17 mei`. */
function absoluteAt(
  tokens: readonly Token[],
  at: number,
  weekday: Weekday | undefined,
  isLabelled = false,
): Found | null {
  const first = tokens[at];
  if (first === undefined) return null;
  if (first.kind === 'number')
    return numericAt(tokens, at, weekday, isLabelled) ?? dayThenMonth(tokens, at, weekday);
  return first.kind === 'word' ? monthThenDay(tokens, at, weekday) : null;
}

function numericAt(
  tokens: readonly Token[],
  at: number,
  weekday: Weekday | undefined,
  isLabelled: boolean,
): Found | null {
  const [first, mark, second] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (
    first === undefined ||
    mark === undefined ||
    second?.kind !== 'number' ||
    !mark.isGlued ||
    !second.isGlued
  )
    return null;
  if (!set('/ - .').has(mark.text)) return null;
  const before = tokens[at - 1];
  if (
    first.isGlued &&
    before !== undefined &&
    (before.kind === 'number' || before.kind === 'word' || set('. / - , : € $ £ # =').has(before.text))
  )
    return null;
  const third =
    tokens[at + 3]?.text === mark.text &&
    tokens[at + 3]?.isGlued &&
    tokens[at + 4]?.kind === 'number' &&
    tokens[at + 4]?.isGlued
      ? tokens[at + 4]
      : undefined;
  const to = third === undefined ? at + 3 : at + 5;
  const isOpenEnded =
    tokens[to]?.isGlued === true &&
    tokens[to]?.text === mark.text &&
    tokens[to + 1]?.kind === 'number' &&
    tokens[to + 1]?.isGlued === true;
  if (isOpenEnded) return null;
  if (first.raw.length === 4 && third !== undefined)
    return calendar(first.value, second.value, third.value, weekday, to);
  if (first.raw.length > 2 || second.raw.length > 2) return null;
  if (third !== undefined) {
    if (third.raw.length !== 2 && third.raw.length !== 4) return null;
    const year = third.raw.length === 2 ? 2000 + third.value : third.value;
    const isMonthFirst = second.value > 12 && first.value <= 12;
    return isMonthFirst
      ? calendar(year, first.value, second.value, weekday, to)
      : calendar(year, second.value, first.value, weekday, to);
  }
  if (tokens[to]?.isGlued && set('% € /').has(tokens[to]?.text ?? '')) return null;
  const isNamed =
    weekday !== undefined ||
    (mark.text === '/' && isListed(tokens, to)) ||
    (isLabelled && mark.text !== '.') ||
    set('on op date datum vanaf from tot until op dd').has(before?.text ?? '');
  if (mark.text === '.' && !isNamed && (first.raw.length + second.raw.length < 4 || !first.isFirst))
    return null;
  if (mark.text === '-' && !isNamed && !first.isFirst) return null;
  if (!isNamed && (isAllDay(first, second) || !isBesideClock(tokens, at, to))) return null;
  if (mark.text === '.' && (second.value > 12 || set('am pm uur u h').has(tokens[to]?.text ?? '')))
    return null;
  const isMonthFirst = second.value > 12 && first.value <= 12 && weekday !== undefined;
  return isMonthFirst
    ? calendar(undefined, first.value, second.value, weekday, to)
    : calendar(undefined, second.value, first.value, weekday, to);
}

/** Another date of the same form follows: "4/3, 18/3 en 1/4". */
function isListed(tokens: readonly Token[], at: number): boolean {
  if (!set(', en and &').has(tokens[at]?.text ?? '')) return false;
  const [first, mark, second] = [tokens[at + 1], tokens[at + 2], tokens[at + 3]];
  return (
    first?.kind === 'number' &&
    mark?.text === '/' &&
    mark.isGlued &&
    second?.kind === 'number' &&
    second.isGlued
  );
}

/** "24/7" is the word for always. */
function isAllDay(first: Token, second: Token): boolean {
  return first.value === 24 && second.value === 7;
}

/** Whether a time stands near: what tells "12/3" from a fraction. */
function isBesideClock(tokens: readonly Token[], at: number, to: number): boolean {
  for (let index = to; index <= to + 3; index += 1) {
    if (isBeside(tokens, to, index) && clockAt(tokens, index, true) !== null) return true;
  }
  // Behind it: "20:00 12/3", "om 20u op 12/3".
  for (let index = at - 1; index >= Math.max(0, at - 6); index -= 1) {
    const clock = clockAt(tokens, index, false);
    if (clock !== null && isBeside(tokens, clock.to, at)) return true;
  }
  return false;
}

function calendar(
  year: number | undefined,
  month: number,
  day: number,
  weekday: Weekday | undefined,
  to: number,
  more: readonly number[] = [],
): Found | null {
  // A day that no month has is a slip that the reader must know of; what can be no date at all is none.
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return { day: { is: 'calendar', month, day, year, weekday, more }, to };
}

/** "12 maart 2027", "the 12th of March", "3, 10 en 17 mei", "3–5 May". */
function dayThenMonth(tokens: readonly Token[], at: number, weekday: Weekday | undefined): Found | null {
  const days: number[] = [];
  let index = at;
  let isRange = false;
  for (let turn = 0; turn < 6; turn += 1) {
    const day = tokens[index];
    if (day?.kind !== 'number' || day.raw.length > 2 || day.value < 1 || day.value > 31) return null;
    if (turn === 0 && day.isGlued && tokens[index - 1]?.kind === 'word') return null;
    days.push(day.value);
    index += 1;
    if (tokens[index]?.isGlued && ORDINAL_ENDINGS.has(tokens[index]?.text ?? '')) index += 1;
    while (set('of van .').has(tokens[index]?.text ?? '') && !tokens[index]?.isFirst) index += 1;
    const month = monthWord(tokens[index]?.kind === 'word' ? (tokens[index]?.text ?? '') : '');
    if (month !== undefined && !tokens[index]?.isFirst) {
      const year = yearAt(tokens, index + 1);
      const [first = 0, ...more] = days;
      return calendar(year?.year, month, first, weekday, year?.to ?? index + 1, isRange ? [] : more);
    }
    const mark = tokens[index]?.text ?? '';
    if (!MONTH_DAY_MARKS.has(mark) && !set('– — tot to till until').has(mark)) return null;
    if (!set(', & + / en and').has(mark)) isRange = true;
    index += 1;
    if (set('en and de the').has(tokens[index]?.text ?? '')) index += 1;
    if (!isRange && dayWord(tokens[index]?.text ?? '') !== undefined) index += 1;
  }
  return null;
}

/** "March 12th, 2027", "May 3 and 10". */
function monthThenDay(tokens: readonly Token[], at: number, weekday: Weekday | undefined): Found | null {
  const month = monthWord(tokens[at]?.text ?? '');
  if (month === undefined) return null;
  let index = at + 1;
  if (tokens[index]?.text === '.' && tokens[index]?.isGlued) index += 1;
  if (tokens[index]?.text === 'the') index += 1;
  const day = tokens[index];
  if (day?.kind !== 'number' || day.raw.length > 2 || day.isFirst || day.value < 1 || day.value > 31)
    return null;
  index += 1;
  if (tokens[index]?.isGlued && set(': u h').has(tokens[index]?.text ?? '')) return null;
  if (tokens[index]?.isGlued && ORDINAL_ENDINGS.has(tokens[index]?.text ?? '')) index += 1;
  const year = yearAt(tokens, index);
  const more: number[] = [];
  while (year === null && set(', & and en').has(tokens[index]?.text ?? '')) {
    const next = tokens[index + 1];
    if (next?.kind !== 'number' || next.raw.length > 2 || next.value < 1 || next.value > 31) break;
    if (
      set(': . u h').has(tokens[index + 2]?.text ?? '') &&
      tokens[index + 2]?.isGlued &&
      tokens[index + 3]?.kind === 'number'
    )
      break;
    if (set('am pm uur').has(tokens[index + 2]?.text ?? '')) break;
    more.push(next.value);
    index += 2;
    if (tokens[index]?.isGlued && ORDINAL_ENDINGS.has(tokens[index]?.text ?? '')) index += 1;
  }
  return calendar(year?.year, month, day.value, weekday, year?.to ?? index, more);
}

function yearAt(tokens: readonly Token[], at: number): { year: number; to: number } | null {
  let index = at;
  if (tokens[index]?.text === ',' || (tokens[index]?.text === '.' && tokens[index]?.isGlued)) index += 1;
  const token = tokens[index];
  if (token?.text === "'" && tokens[index + 1]?.kind === 'number' && tokens[index + 1]?.raw.length === 2)
    return { year: 2000 + (tokens[index + 1]?.value ?? 0), to: index + 2 };
  if (
    token?.kind !== 'number' ||
    token.raw.length !== 4 ||
    token.value < 1800 ||
    token.value > 2100 ||
    token.isFirst
  )
    return null;
  return { year: token.value, to: index + 1 };
}

function countOf(token: Token | undefined): number | undefined {
  if (token === undefined) return undefined;
  if (token.text === 'a' || token.text === 'an' || token.text === 'n') return 1;
  if (token.kind === 'number') return token.raw.length <= 3 && token.value > 0 ? token.value : undefined;
  return NUMBER_WORDS.get(token.text);
}

/** "today", "morgenavond", "this evening", "the day after tomorrow", "over drie dagen", "in two weeks on Friday". */
function relativeAt(tokens: readonly Token[], at: number): Found | null {
  const token = tokens[at];
  if (token?.kind !== 'word') return null;
  const before = tokens[at - 1];
  const word = DAY_WORDS.get(token.text);
  if (word !== undefined) {
    if (
      token.text === 'morgen' &&
      (GREETINGS.has(before?.text ?? '') || set('de the deze elke van').has(before?.text ?? ''))
    )
      return null;
    // "today's", "tomorrow's" belong to what they name all the same.
    return { day: { is: 'ahead', days: word.ahead, weekday: undefined }, part: word.part, to: at + 1 };
  }
  const bare = token.text.endsWith("'s") ? DAY_WORDS.get(token.text.slice(0, -2)) : undefined;
  if (bare !== undefined)
    return { day: { is: 'ahead', days: bare.ahead, weekday: undefined }, part: bare.part, to: at + 1 };
  if (set('this deze').has(token.text)) {
    const part = PARTS.get(tokens[at + 1]?.text ?? '');
    return part === undefined
      ? null
      : { day: { is: 'ahead', days: 0, weekday: undefined }, part, to: at + 2 };
  }
  if (token.text === 'day' && tokens[at + 1]?.text === 'after' && tokens[at + 2]?.text === 'tomorrow')
    return { day: { is: 'ahead', days: 2, weekday: undefined }, to: at + 3 };
  if (set('in over binnen within').has(token.text)) {
    const count = countOf(tokens[at + 1]);
    const unit = DAY_UNITS.get(tokens[at + 2]?.text ?? '');
    if (count === undefined || unit === undefined || count * unit > 366) return null;
    return {
      day: { is: 'ahead', days: count * unit, ...weekdayBehind(tokens, at + 3) },
      to: weekdayBehind(tokens, at + 3).to,
    };
  }
  const count = countOf(token);
  const unit = DAY_UNITS.get(tokens[at + 1]?.text ?? '');
  if (
    count !== undefined &&
    unit !== undefined &&
    tokens[at + 2]?.text === 'from' &&
    set('now today').has(tokens[at + 3]?.text ?? '')
  )
    return {
      day: { is: 'ahead', days: count * unit, ...weekdayBehind(tokens, at + 4) },
      to: weekdayBehind(tokens, at + 4).to,
    };
  return null;
}

function weekdayBehind(tokens: readonly Token[], at: number): { weekday: Weekday | undefined; to: number } {
  let index = at;
  if (set('on op').has(tokens[index]?.text ?? '')) index += 1;
  const day = dayWord(tokens[index]?.text ?? '');
  return day === undefined || day.isAmbiguous || day.isPlural
    ? { weekday: undefined, to: at }
    : { weekday: day.weekday, to: index + 1 };
}

/** "the 15th", "de 15de": the next such day. */
function dayOfMonthAt(tokens: readonly Token[], at: number): Found | null {
  const day = tokens[at];
  const ending = tokens[at + 1];
  if (day?.kind !== 'number' || day.raw.length > 2 || day.value < 1 || day.value > 31) return null;
  if (!(ending?.isGlued === true && ORDINAL_ENDINGS.has(ending.text))) return null;
  if (!set('the de den').has(tokens[at - 1]?.text ?? '') || !set('on op').has(tokens[at - 2]?.text ?? ''))
    return null;
  if (set('of van').has(tokens[at + 2]?.text ?? '')) return null;
  return { day: { is: 'day-of-month', day: day.value, weekday: undefined }, to: at + 2 };
}
