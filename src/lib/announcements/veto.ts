import { set } from '#lib/time/mentions/vocabulary';
import type { Candidate } from './candidate.ts';
import type { Silence } from './read.ts';
import type { Sentence } from './sentences.ts';

const ASKS_WHEN = set('when wanneer which welke welk what wat');
/** "No classes between Christmas and New Year" deeper in a post is about something else. */
const HEAD_SENTENCES = 3;
const HEAD_LINES = 2;
/** A time alone is too weak to be what goes on in spite of a cancellation. */
const LEAST_WEIGHT = 1;

/** What makes the whole post no announcement, whatever it names. */
export function vetoOf(
  sentences: readonly Sentence[],
  candidates: readonly Candidate[],
  best: Candidate | undefined,
): Silence | null {
  return isPoll(sentences, candidates) ? 'question' : cancellation(sentences, best);
}

/** Asks for a moment, and offers several. */
function isPoll(sentences: readonly Sentence[], candidates: readonly Candidate[]): boolean {
  const offered = new Set(
    candidates
      .filter(({ kind, spots }) => kind === 'one-off' && spots.length > 1)
      .map(({ instant }) => instant.getTime()),
  );
  if (offered.size < 2) return false;
  return sentences.some(
    (sentence, index) =>
      sentence.signs.isPoll ||
      ((sentence.isTitle || index === 0) && sentence.signs.isQuestion && asksWhen(sentence)),
  );
}

function asksWhen({ tokens, from }: Sentence): boolean {
  return ASKS_WHEN.has(tokens.slice(from).find(({ kind }) => kind === 'word')?.text ?? '');
}

function cancellation(sentences: readonly Sentence[], best: Candidate | undefined): Silence | null {
  const first = sentences.findIndex((sentence, index) => isCancelling(sentence, index));
  if (first === -1) return null;
  return best !== undefined && isInSpite(sentences, best, first) ? null : 'cancelled';
}

function isCancelling({ signs, isTitle, mentions, line }: Sentence, index: number): boolean {
  if (signs.isCalledOff) return true;
  const isHead = isTitle || index < HEAD_SENTENCES || line < HEAD_LINES;
  return signs.isCancelled && (isHead || mentions.length > 0);
}

/**
 * Whether a moment holds in spite of what is cancelled: it is where something moves to, or it comes behind.
 * @param first which sentence cancels first.
 */
function isInSpite(sentences: readonly Sentence[], best: Candidate, first: number): boolean {
  const own = best.spots.map(({ sentence }) => sentence);
  const isOwnMoved = own.some(({ signs }) => signs.isMoved);
  if (own.some(({ signs }) => signs.isCancelled)) return isOwnMoved;
  const isMoved = isOwnMoved || sentences.some(({ signs }) => signs.isMoved && !signs.isCancelled);
  const isHeadCancelled = sentences.some(
    ({ isTitle, signs }) => isTitle && signs.isCancelled && !signs.isMoved,
  );
  if (isHeadCancelled) return isMoved;
  // "No session this week. Next one: Friday 20:00." announces; a recurrence that pauses does not.
  return best.kind === 'one-off' && (isMoved || isBehind(best, first));
}

function isBehind({ weight, spots }: Candidate, sentence: number): boolean {
  return (
    weight > LEAST_WEIGHT &&
    spots.every(({ index }) => index > sentence) &&
    spots.some(({ mention }) => mention.kind === 'date' || mention.kind === 'instant')
  );
}
