import { isOneOf, textAt } from '#lib/time/mentions/tokens';
import { set } from '#lib/time/mentions/vocabulary';
import { isDated, type Moments, type Spot } from './moments.ts';
import type { Silence } from './read.ts';
import type { Sentence } from './sentences.ts';
import { DOUBT, NO } from './sign-words.ts';
import { isInviting } from './signs.ts';

/** A doubt that leaves nothing to announce, and one that asks first. */
const GRAVE = 0.6;
const STRONG = 0.45;
const SLIGHT = 0.15;
/** A heading's words; a longer line says something itself. */
const HEADING_WORDS_MAX = 7;
const LINES_UNDER_HEADING_MAX = 6;
/** Doubt right behind a moment is about it. */
const DOUBT_BEHIND_MAX = 3;
/** A choice has more moments than a day and a time. */
const MOMENTS_OF_ONE_EVENT = 2;
const ALREADY = set('already al now nu currently momenteel pas only since sinds');
/** "the clock jumps from 02:00", "listen from 20:15": what the clock does, or where in a video. */
const JUMPS = set('jumps jump springt springen verspringt listen luister skip spoel');
const JUMP_TOKENS_MAX = 3;
/** "om 20u geen inkom": what one does without is no cancellation. */
const NEEDS = set(
  'ervaring experience inkom entry voorkennis inschrijving registration signup sign-up kosten cost spoilers need prep preparation mic camera account ticket tickets reservatie reservering entree',
);

/** Zones whose names mean several, or that are read as none: it is asked about the server's. In capitals. */
const OTHER_ZONES = set('IST SGT HKT PKT PHT ICT WIB NZT NZST NZDT BRT ART AKST AKDT HST');

/** What is taken off a confidence, and why. */
interface Doubt {
  readonly by: number;
  readonly why: Silence;
}

/** What the whole post says, whatever the moment. */
export interface Surroundings {
  readonly isEvent: boolean;
  /** Headings such as "Opening hours". */
  readonly hoursHeadings: readonly Sentence[];
  /** The title and a short first line. */
  readonly heads: readonly Sentence[];
}

export function surroundingsOf({ sentences }: Moments): Surroundings {
  const isShort = ({ from, to }: Sentence): boolean => to - from <= HEADING_WORDS_MAX;
  return {
    isEvent: sentences.some(({ signs }) => signs.isEvent),
    hoursHeadings: sentences.filter(
      (sentence) =>
        sentence.signs.isHours && (sentence.isTitle || (isShort(sentence) && sentence.mentions.length === 0)),
    ),
    heads: sentences.filter((sentence, index) => sentence.isTitle || (index === 0 && isShort(sentence))),
  };
}

/** What the words around a moment take off its confidence, and the first reason. */
export function doubtsAbout(
  spots: readonly Spot[],
  surroundings: Surroundings,
): { readonly lowered: number; readonly doubt: Silence | undefined } {
  const sentences = [...new Set(spots.map(({ sentence }) => sentence))];
  const isLabelled = sentences.some(({ role }) => role !== null);
  const doubts = [
    ...sentences.flatMap((sentence) => doubtsOfSentence(sentence, spots, isLabelled, surroundings)),
    ...doubtsBesideClock(spots),
    ...(isLabelled ? [] : doubtsOfPost(spots, surroundings)),
  ];
  return { lowered: doubts.reduce((sum, { by }) => sum + by, 0), doubt: doubts[0]?.why };
}

function doubtsOfSentence(
  sentence: Sentence,
  spots: readonly Spot[],
  isLabelled: boolean,
  surroundings: Surroundings,
): Doubt[] {
  const { signs } = sentence;
  const hours = hoursDoubt(sentence, spots, surroundings);
  const doubts: (Doubt | false)[] = [
    questionDoubt(sentence),
    hours,
    !isLabelled && signs.isPlainReport && { by: STRONG, why: 'report' },
    !isLabelled && !signs.isPlainReport && signs.isReport && { by: unlessDated(spots), why: 'report' },
    !isLabelled && signs.isPast && !signs.isMoved && !isCertain(spots) && { by: STRONG, why: 'past' },
    signs.isDoubtful && isNearDoubt(sentence, spots) && { by: STRONG, why: 'unsure' },
    !isLabelled && signs.isConditional && { by: STRONG, why: 'unsure' },
  ];
  return doubts.filter((doubt) => doubt !== false);
}

/** A sign that says little where a day is named. */
function unlessDated(spots: readonly Spot[]): number {
  return isDated(spots) ? SLIGHT : STRONG;
}

function questionDoubt({ signs, mentions, tokens, from, to }: Sentence): Doubt | false {
  const moments = mentions.filter(({ kind }) => kind === 'clock' || kind === 'date').length;
  if (signs.isChoice && moments > MOMENTS_OF_ONE_EVENT) return { by: GRAVE, why: 'question' };
  return signs.isQuestion && !isInviting(tokens.slice(from, to)) && { by: STRONG, why: 'question' };
}

function hoursDoubt(
  sentence: Sentence,
  spots: readonly Spot[],
  { hoursHeadings }: Surroundings,
): Doubt | false {
  const isUnderHours =
    sentence.role === null &&
    hoursHeadings.some(
      ({ isTitle, line }) =>
        isTitle || (line < sentence.line && sentence.line - line <= LINES_UNDER_HEADING_MAX),
    );
  if (isUnderHours) return { by: STRONG, why: 'hours' };
  if (!sentence.signs.isHours) return false;
  const comesBack = spots.some(({ mention }) => mention.kind === 'recurrence');
  return { by: comesBack ? STRONG : unlessDated(spots), why: 'hours' };
}

function doubtsBesideClock(spots: readonly Spot[]): Doubt[] {
  const clock = spots.find(({ mention }) => mention.kind === 'clock');
  if (clock === undefined) return [];
  const { sentence, mention } = clock;
  const { tokens, from } = sentence;
  const isReport = mention.from > from && (isOneOf(tokens, mention.from - 1, ALREADY) || isAfterJump(clock));
  // "Donderdag om 20u geen taalcafé"
  const isCancelled =
    tokens[mention.to]?.isFirst === false &&
    NO.has(textAt(tokens, mention.to)) &&
    !isOneOf(tokens, mention.to + 1, NEEDS);
  const isElsewhere = OTHER_ZONES.has(tokens[mention.to]?.raw ?? '');
  return [
    ...(isElsewhere ? [{ by: SLIGHT, why: 'unsure' } as const] : []),
    ...(isReport ? [{ by: STRONG, why: 'report' } as const] : []),
    ...(isCancelled ? [{ by: GRAVE, why: 'cancelled' } as const] : []),
  ];
}

/** What a post without labels is, by its heading and its words. */
function doubtsOfPost(spots: readonly Spot[], { heads, isEvent }: Surroundings): Doubt[] {
  const isReport = heads.some(
    ({ isTitle, signs }) =>
      signs.isPlainReport || (isTitle && signs.isPast) || (signs.isReport && !isDated(spots)),
  );
  return [
    ...(isReport ? [{ by: STRONG, why: 'report' } as const] : []),
    ...(isEvent || isWhole(spots) ? [] : [{ by: SLIGHT, why: 'report' } as const]),
  ];
}

/** Whether the day itself says that it is ahead. */
function isCertain(spots: readonly Spot[]): boolean {
  return spots.some(({ mention }) => {
    if (mention.kind === 'instant' || mention.kind === 'recurrence') return true;
    return mention.kind === 'date' && (mention.day.is !== 'weekday' || mention.day.which === 'next');
  });
}

function isAfterJump({ sentence, mention }: Spot): boolean {
  const begin = Math.max(sentence.from, mention.from - JUMP_TOKENS_MAX);
  return sentence.tokens.slice(begin, mention.from).some(({ text }) => JUMPS.has(text));
}

/** Whether a day and a time are said, or a moment that needs neither. */
function isWhole(spots: readonly Spot[]): boolean {
  return (
    spots.length > 1 || spots.some(({ mention }) => mention.kind === 'instant' && mention.at.is === 'stamp')
  );
}

/** Doubt counts before the moment and right behind it; "(probably the second)" later on is about something else. */
function isNearDoubt({ tokens, from }: Sentence, spots: readonly Spot[]): boolean {
  const end = Math.max(...spots.map(({ mention }) => mention.to)) + DOUBT_BEHIND_MAX;
  return tokens.slice(from, end).some(({ text }) => DOUBT.has(text));
}
