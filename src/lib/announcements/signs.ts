import type { Token } from '#lib/time/mentions/tokens';
import { dayWord, NEXT_WORDS } from '#lib/time/mentions/vocabulary';
import {
  BEFORE_OFF,
  BEHIND_OPEN,
  BEHIND_SERVES,
  BIBLE,
  CANCELLED,
  CONDITIONAL,
  DECIDED,
  DEPARTS,
  DOES_NOT,
  DOUBT,
  EVENTS,
  HAPPENINGS,
  HOURS,
  HOURS_NAMES,
  HOURS_OF,
  IMAGINED,
  IMAGINED_STARTS,
  INVITES,
  MOMENT_NAMES,
  MOVED,
  NEW,
  NO,
  NOT,
  NOT_PAST,
  ONE_OF_THEM,
  OR,
  PAST_CUES,
  PEOPLE,
  POLL,
  QUESTION_STARTS,
  REPORT,
  SERVES,
  SKIPPED,
  SKIPS,
  STRONG_REPORT,
  TAKES_PLACE,
  VEHICLES,
  WHICH_DAY,
} from './sign-words.ts';

/** What a sentence's words say about whether it announces something. */
export interface Signs {
  readonly isCancelled: boolean;
  /** In words that leave no doubt, wherever they stand. */
  readonly isCalledOff: boolean;
  /** Says that something moves to another moment. */
  readonly isMoved: boolean;
  readonly isQuestion: boolean;
  /** Offers several moments to choose from. */
  readonly isChoice: boolean;
  readonly isPast: boolean;
  readonly isHours: boolean;
  readonly isDoubtful: boolean;
  /** Tells about what a machine or a person did at that time. */
  readonly isReport: boolean;
  /** Of a kind that never announces. */
  readonly isPlainReport: boolean;
  readonly isConditional: boolean;
  /** Asks people to choose a moment. */
  readonly isPoll: boolean;
  readonly isEvent: boolean;
}

const has = (words: readonly string[], wanted: ReadonlySet<string>): boolean =>
  words.some((word) => wanted.has(word));

/** Whether one of the words `first` stands right before one of the words `second`. */
const hasPair = (
  words: readonly string[],
  first: ReadonlySet<string>,
  second: ReadonlySet<string>,
): boolean => words.some((word, index) => first.has(word) && second.has(words[index + 1] ?? ''));

/** How far behind "no", "skip" or "won't" the thing or the verb may stand. */
const NO_WHAT_MAX = 2;
const VERB_BEHIND_MAX = 3;
const DAY_BEHIND_MAX = 4;

const NO_SIGNS: Signs = {
  isCancelled: false,
  isCalledOff: false,
  isMoved: false,
  isQuestion: false,
  isChoice: false,
  isPast: false,
  isHours: false,
  isDoubtful: false,
  isReport: false,
  isPlainReport: false,
  isPoll: false,
  isConditional: false,
  isEvent: false,
};

/** @param tokens of one sentence. */
export function signsOf(tokens: readonly Token[]): Signs {
  // A row of exclamation marks is as many sentences.
  if (tokens.length === 1 && tokens[0]?.kind === 'mark' && tokens[0].text !== '?') return NO_SIGNS;
  const words = tokens.map(({ text }) => text);
  const isConditional = has(words, CONDITIONAL);
  return {
    isCancelled: !isConditional && isCancelling(words),
    isCalledOff: !isConditional && isCalledOff(words),
    isMoved: has(words, MOVED) || isNewMoment(words),
    isQuestion: isAsking(words),
    isChoice: has(words, OR) && (words.includes('?') || has(words, DOUBT)),
    isPast: has(words, PAST_CUES) || isPastTense(words),
    isHours: has(words, HOURS) || isOpening(words),
    isDoubtful: has(words, DOUBT),
    isReport: has(words, REPORT),
    isPlainReport: isPlainReport(words),
    isPoll: has(words, POLL) && !has(words, DECIDED),
    isConditional: isImagined(words),
    isEvent: has(words, EVENTS) || has(words, HAPPENINGS),
  };
}

/** Whether a question only invites: "Ready for tonight's raid at 20:00?" */
export function isInviting(tokens: readonly Token[]): boolean {
  return tokens.some(({ text }) => INVITES.has(text));
}

function isAsking(words: readonly string[]): boolean {
  const endsSo = words.at(-1) === '?' || words.at(-2) === '?';
  return endsSo || (words.includes('?') && QUESTION_STARTS.has(words[0] ?? ''));
}

/** "Stel dat we …", "If we ever …" */
function isImagined([first = '', second = '']: readonly string[]): boolean {
  return first === 'stel' || (IMAGINED_STARTS.has(first) && IMAGINED.has(second));
}

/** "we streamed", "they played" */
function isPastTense(words: readonly string[]): boolean {
  return words.some(
    (word, index) => /^[a-z]{3,}ed$/.test(word) && PEOPLE.has(words[index - 1] ?? '') && !NOT_PAST.has(word),
  );
}

/** Standings, logs, timetables, verses: what never announces. */
function isPlainReport(words: readonly string[]): boolean {
  return (
    has(words, STRONG_REPORT) ||
    words.some((word) => word.endsWith('cijfers')) ||
    isSaid(words, 'on', 'leave') ||
    isSaid(words, 'used', 'to') ||
    isTimetable(words) ||
    words.some((word, index) => BIBLE.has(word) && /^\d+$/.test(words[index + 1] ?? '')) ||
    isSaid(words, 'opname', 'van')
  );
}

function isSaid(words: readonly string[], first: string, second: string): boolean {
  return words.some((word, index) => word === first && words[index + 1] === second);
}

/** "new date", "nieuwe uur", "next session". */
function isNewMoment(words: readonly string[]): boolean {
  return hasPair(words, NEW, MOMENT_NAMES) || hasPair(words, NEXT_WORDS, ONE_OF_THEM);
}

/** "the last tram leaves at 00:48" */
function isTimetable(words: readonly string[]): boolean {
  return has(words, VEHICLES) && has(words, DEPARTS);
}

/** "opening hours", "support hours", "open van 9 tot 17 uur", "we answer tickets". */
function isOpening(words: readonly string[]): boolean {
  const isOpen = words.some((word, index) => word === 'open' && BEHIND_OPEN.has(words[index + 1] ?? ''));
  return isOpen || hasPair(words, HOURS_OF, HOURS_NAMES) || hasPair(words, SERVES, BEHIND_SERVES);
}

/** "cancelled", "gaat niet door", "is called off" */
function isCalledOff(words: readonly string[]): boolean {
  return words.some((word, index) => {
    const before = words[index - 1] ?? '';
    if (CANCELLED.has(word)) {
      const isDenied = NOT.has(before) || NOT.has(words[index - 2] ?? '') || NO.has(before);
      // "Tuesday's cancelled stream" is another one.
      return !isDenied && !before.endsWith("'s");
    }
    if (word === 'niet') return words.slice(index + 1, index + 1 + NO_WHAT_MAX).includes('door');
    return word === 'off' && BEFORE_OFF.has(before);
  });
}

function isCancelling(words: readonly string[]): boolean {
  return (
    isNoOn(words) ||
    isCalledOff(words) ||
    words.some((word, index) => {
      const next = (most: number): readonly string[] => words.slice(index + 1, index + 1 + most);
      if (NO.has(word) && words[index - 1] !== '(' && has(next(NO_WHAT_MAX), HAPPENINGS)) return true;
      if (DOES_NOT.has(word) && has(next(VERB_BEHIND_MAX), TAKES_PLACE)) return true;
      return SKIPS.has(word) && has(next(VERB_BEHIND_MAX), SKIPPED);
    })
  );
}

/** "No choir this Thursday", "Geen les vanavond" */
function isNoOn(words: readonly string[]): boolean {
  const first = words.findIndex((word) => /^\p{L}/u.test(word));
  return (
    NO.has(words[first] ?? '') &&
    words
      .slice(first + 1, first + 1 + DAY_BEHIND_MAX)
      .some((word) => WHICH_DAY.has(word) || dayWord(word) !== undefined)
  );
}
