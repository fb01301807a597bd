import type { Candidate } from './candidate.ts';
import type { Spot } from './moments.ts';
import { isMeetingPoint, placeBefore, placeBehind, placeWithin } from './place.ts';
import type { Sentence } from './sentences.ts';

/** How many lines behind the moment a place of it may stand. */
const LINES_BEHIND_MAX = 2;
/** Icons and marks before a place; a channel and "@Home" keep theirs. */
const BEFORE_PLACE = /^[^\p{L}\p{N}<#@'\u2019]+/u;

/** Where it happens: behind a label, else beside the words that say when, else in their sentence, else right below. */
export function locationOf(candidate: Candidate, sentences: readonly Sentence[]): string | null {
  return (
    labelledPlace(sentences) ??
    firstOf(candidate.spots, besideMoment) ??
    firstOf(candidate.spots, (spot) => inSentence(spot, candidate.spots)) ??
    belowMoment(candidate.spots, sentences)
  );
}

function firstOf(spots: readonly Spot[], read: (spot: Spot) => string | null): string | null {
  for (const spot of spots) {
    const place = read(spot);
    if (place !== null) return place;
  }
  return null;
}

function labelledPlace(sentences: readonly Sentence[]): string | null {
  const text = sentences
    .find(({ role }) => role === 'place')
    ?.text.replace(BEFORE_PLACE, '')
    .trim();
  return text === undefined || text === '' ? null : text;
}

function besideMoment({ sentence: { text, tokens }, mention }: Spot): string | null {
  return placeBehind(text, tokens, mention.to) ?? placeBefore(text, tokens, mention.from);
}

function inSentence({ sentence }: Spot, spots: readonly Spot[]): string | null {
  const ends = spots.filter((spot) => spot.sentence === sentence).map(({ mention }) => mention.to);
  return placeWithin(sentence, Math.max(...ends), false);
}

/** Below a title that says when, or where people are told to meet. */
function belowMoment(spots: readonly Spot[], sentences: readonly Sentence[]): string | null {
  const own = spots.at(-1);
  if (own === undefined) return null;
  const isHead = spots.every(({ sentence }) => sentence.isTitle);
  for (const sentence of sentences.slice(own.index + 1)) {
    if (sentence.role !== null || sentence.line - own.sentence.line > LINES_BEHIND_MAX) continue;
    const place = isHead || isMeetingPoint(sentence) ? placeWithin(sentence, sentence.from, true) : null;
    if (place !== null) return place;
    if (isHead) break;
  }
  return null;
}
