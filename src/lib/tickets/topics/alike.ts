import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { termsOfEach } from '#lib/words/terms';
import { profileOf, rarity, SIMILAR, similarityOf } from './similarity.ts';
import type { Summary } from './summaries.ts';

/** An entry of a guild's FAQ. */
export interface FaqEntry {
  readonly id: number;
  readonly title: string;
  readonly summary: string;
}

interface Alike<T> {
  readonly of: T;
  /** From `SIMILAR` to 1. */
  readonly similarity: number;
}

/** Which of a guild's closed tickets are about the same as something that has these terms, the most alike first. */
export function alikeAmong(terms: readonly string[], summaries: readonly Summary[]): Alike<Summary>[] {
  const weigh = rarity(summaries.map((summary) => summary.terms));
  const profile = profileOf(terms, weigh);
  return best(summaries, (summary) => similarityOf(profile, profileOf(summary.terms, weigh)));
}

/** Which entries of a guild's FAQ are about the same, the most alike first. */
export async function alikeInFaq(
  db: Database | Transaction<DB>,
  guildId: string,
  terms: readonly string[],
  summaries: readonly Summary[],
): Promise<Alike<FaqEntry>[]> {
  const entries = await db
    .selectFrom('faq_entries')
    .select(['id', 'title', 'summary', 'keywords'])
    .where('guild_id', '=', guildId)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  const texts = entries.flatMap(({ title, summary, keywords }) => {
    const head = [title, ...keywords].join('\n');
    // A long answer says much that nobody asked.
    return [head, `${head}\n${summary}`];
  });
  const entryTerms = await termsOfEach(db, texts);
  const weigh = rarity(summaries.map((summary) => summary.terms));
  const profile = profileOf(terms, weigh);
  const similarity = new Map(
    entries.map((entry, index) => [
      entry,
      Math.max(
        ...[entryTerms[2 * index], entryTerms[2 * index + 1]].map((own) =>
          similarityOf(profile, profileOf(own ?? [], weigh)),
        ),
      ),
    ]),
  );
  return best(entries, (entry) => similarity.get(entry) ?? 0);
}

function best<T>(all: readonly T[], similarityTo: (one: T) => number): Alike<T>[] {
  return all
    .map((of) => ({ of, similarity: similarityTo(of) }))
    .filter(({ similarity }) => similarity >= SIMILAR)
    .toSorted((one, other) => other.similarity - one.similarity);
}
