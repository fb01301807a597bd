import type { Database } from '#lib/database/database';
import { profileOf, rarity, SIMILAR, similarityOf } from '#lib/tickets/topics/similarity';
import { termsOf } from '#lib/words/terms';
import type { LabelledTicket } from './labelled.ts';

export interface Score {
  /** Of the pairs that were found, how many are about the same. */
  readonly precision: number;
  /** Of the pairs about the same, how many were found. */
  readonly recall: number;
  /** Their harmonic mean. */
  readonly f1: number;
}

type AreAlike = (one: number, other: number) => boolean;

/** How well somebody tells which pairs of tickets are about the same. */
export function scoreOf(tickets: readonly LabelledTicket[], areAlike: AreAlike): Score {
  const counts = { found: 0, right: 0, all: 0 };
  for (const [one, { topic }] of tickets.entries()) {
    for (let other = 0; other < one; other += 1) {
      const isSame = topic !== null && tickets[other]?.topic === topic;
      const isFound = areAlike(one, other);
      if (isSame) counts.all += 1;
      if (isFound) counts.found += 1;
      if (isSame && isFound) counts.right += 1;
    }
  }
  const { found, right, all } = counts;
  return {
    precision: found === 0 ? 0 : right / found,
    recall: right / all,
    f1: (2 * right) / (found + all),
  };
}

/** Ours, with the tickets as all that their guild has. */
export async function scoreOfOurs(db: Database, tickets: readonly LabelledTicket[]): Promise<Score> {
  const terms = await Promise.all(tickets.map(({ text }) => termsOf(db, text)));
  const weigh = rarity(terms);
  const profiles = terms.map((own) => profileOf(own, weigh));
  return scoreOf(tickets, (one, other) => {
    const [first, second] = [profiles[one], profiles[other]];
    return first !== undefined && second !== undefined && similarityOf(first, second) >= SIMILAR;
  });
}

/** What the original leaves out, beside all words of under four letters. */
const LEFT_OUT = new Set(
  `the and for with that this have from your you are was but ticket issue user message chat channel subject please thank thanks not`.split(
    ' ',
  ),
);

/** The original's key of a ticket; equal keys are about the same. */
export function originalKey(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/[^a-z0-9\s]/g, ' ')
    .split(/\s+/)
    .filter((word) => word.length >= 4 && !LEFT_OUT.has(word));
  return [...new Set(words)].toSorted().slice(0, 12).join('-').slice(0, 256);
}

/** The original's. An empty key, of a ticket that says nothing, is compared as well. */
export function scoreOfOriginal(tickets: readonly LabelledTicket[]): Score {
  const keys = tickets.map(({ text }) => originalKey(text));
  return scoreOf(tickets, (one, other) => keys[one] === keys[other]);
}
