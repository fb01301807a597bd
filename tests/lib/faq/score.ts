import type { Database } from '#lib/database/database';
import { addEntry } from '#lib/faq/queries';
import { FITTING, searchFaq } from '#lib/faq/search';
import type { LabelledEntry } from './labelled.ts';

export const GUILD = '1';

/** Writes the entries of both halves into one guild. @returns their numbers by their titles. */
export async function plantEntries(
  db: Database,
  entries: readonly LabelledEntry[],
  guildId = GUILD,
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  for (const { title, answer, keywords, language } of entries)
    ids.set(
      title,
      await addEntry(
        db,
        guildId,
        { title, summary: answer, keywords, language },
        { userId: '2', at: new Date('2026-12-01T09:00:00Z') },
      ),
    );
  return ids;
}

export interface Score {
  readonly questions: number;
  /** Of all questions that an entry answers: how many find it among the first three. */
  readonly recallAt3: number;
  readonly first: number;
  /** Of the same: how many get it offered before a ticket. */
  readonly offered: number;
  /** Of what no entry answers: how much gets something offered all the same. */
  readonly falseOffers: number;
  /** Of what an entry answers: how much gets only others offered. */
  readonly wrongOffers: number;
  readonly missed: readonly string[];
}

/** Measures the search on questions that were sorted by hand. */
export async function scoreOf(
  db: Database,
  ids: ReadonlyMap<string, number>,
  entries: readonly LabelledEntry[],
  unanswered: readonly string[],
): Promise<Score> {
  const missed: string[] = [];
  const asks = (words: string, locale: 'en-US' | 'nl') =>
    searchFaq(db, { guildId: GUILD, words, locale, limit: 3 });
  let [questions, found, first, offered, wrong] = [0, 0, 0, 0, 0];
  for (const { title, questions: asked, language } of entries)
    for (const question of asked) {
      questions += 1;
      const results = await asks(question, language);
      const id = ids.get(title);
      const fitting = results.filter(({ score }) => score >= FITTING);
      if (results.some((one) => one.id === id)) found += 1;
      else missed.push(`not found: ${question} → ${results[0]?.title ?? 'nothing'}`);
      if (results[0]?.id === id) first += 1;
      if (fitting.some((one) => one.id === id)) offered += 1;
      else if (fitting.length > 0) {
        wrong += 1;
        missed.push(`wrong offer: ${question} → ${fitting[0]?.title} ${fitting[0]?.score.toFixed(2)}`);
      } else
        missed.push(`not offered: ${question} ${results.find((one) => one.id === id)?.score.toFixed(2)}`);
    }
  let falseOffers = 0;
  for (const question of unanswered) {
    const [best] = await asks(question, 'en-US');
    if (best === undefined || best.score < FITTING) continue;
    falseOffers += 1;
    missed.push(`false offer: ${question} → ${best.title} ${best.score.toFixed(2)}`);
  }
  return {
    questions,
    recallAt3: found / questions,
    first: first / questions,
    offered: offered / questions,
    falseOffers: falseOffers / unanswered.length,
    wrongOffers: wrong / questions,
    missed,
  };
}
