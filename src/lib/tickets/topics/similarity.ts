import { KNOWN } from '#lib/words/terms';

/** From here on two tickets are about the same. Measured, with the weights below, on tests/lib/tickets/topics/labelled.ts. */
export const SIMILAR = 0.34;

/** What a word of the vocabulary weighs; any other weighs as much as its letters agree. */
const KNOWN_WEIGHT = 3;
const LETTERS = 3;
/** Stands for the tickets of a guild that has few, among which nothing is common yet. */
const IMAGINED_TICKETS = 100;

/** How much a part of a ticket's terms says. */
type Weigh = (part: string) => number;

/** A ticket's terms as they are compared. */
export interface Profile {
  readonly weights: ReadonlyMap<string, number>;
  readonly length: number;
}

/** A word of the vocabulary is one part. Of other words each three letters in a row are, so that a slip of a finger changes little. */
function partsOf(terms: readonly string[]): Map<string, number> {
  const parts = new Map<string, number>();
  for (const term of terms) {
    if (term.startsWith(KNOWN)) {
      parts.set(term, KNOWN_WEIGHT);
      continue;
    }
    const padded = ` ${term} `;
    const count = padded.length - LETTERS + 1;
    for (let at = 0; at < count; at += 1) {
      const part = padded.slice(at, at + LETTERS);
      parts.set(part, (parts.get(part) ?? 0) + 1 / Math.sqrt(count));
    }
  }
  return parts;
}

/**
 * Weighs what tickets say by how rare it is among those of the guild: the rarer, the more.
 * @param tickets the terms of each.
 */
export function rarity(tickets: readonly (readonly string[])[]): Weigh {
  const counts = new Map<string, number>();
  for (const terms of tickets)
    for (const part of partsOf(terms).keys()) counts.set(part, (counts.get(part) ?? 0) + 1);
  const all = tickets.length + IMAGINED_TICKETS;
  return (part) => Math.log(1 + all / (counts.get(part) ?? 1));
}

/** A ticket's terms, weighed, to be compared with others that were weighed alike. */
export function profileOf(terms: readonly string[], weigh: Weigh): Profile {
  const weights = new Map<string, number>();
  let squares = 0;
  for (const [part, much] of partsOf(terms)) {
    const weight = much * weigh(part);
    weights.set(part, weight);
    squares += weight ** 2;
  }
  return { weights, length: Math.sqrt(squares) };
}

/** How much two tickets are about the same: from 0, nothing in common, to 1. The cosine of the angle between them. */
export function similarityOf(one: Profile, other: Profile): number {
  if (one.length === 0 || other.length === 0) return 0;
  let product = 0;
  for (const [part, weight] of one.weights) product += weight * (other.weights.get(part) ?? 0);
  return product / (one.length * other.length);
}
