import type { Database } from '#lib/database/database';
import { fittingEntries, searchFaq } from '#lib/faq/search';
import type { Locale } from '#lib/i18n/translate';
import { stripMentions } from '#lib/text/sanitize';
import type { KnowledgeFiles } from './knowledge-files.ts';
import { SEPARATOR, type Passage } from './passage.ts';
import { passagesOf } from './sections.ts';

/** Where passages are found. */
export interface Sources {
  readonly db: Database;
  readonly knowledge: KnowledgeFiles;
}

/** What somebody wants to know, and where they ask it. */
export interface Wish {
  readonly guildId: string;
  readonly words: string;
  readonly locale: Locale;
}

const FAQ = 'FAQ';
const ENTRIES_MAX = 2;
const PASSAGES_MAX = 4;

/** The passages that answer a wish, without mentions, the guild's own FAQ first, then the best; none when no source says anything of it. */
export async function passagesFor({ db, knowledge }: Sources, wish: Wish): Promise<Passage[]> {
  const ofFaq = `${FAQ}${SEPARATOR}`;
  // As it was offered while they typed.
  const words = wish.words.startsWith(ofFaq) ? wish.words.slice(ofFaq.length) : wish.words;
  const [entries, passages] = await Promise.all([
    fittingEntries(db, { ...wish, words, limit: ENTRIES_MAX }),
    knowledge.find(words, PASSAGES_MAX - 1),
  ]);
  const answers = entries.flatMap(({ title, summary }) =>
    passagesOf(`${ofFaq}${title}`, summary).slice(0, 2),
  );
  return [...answers, ...passages].slice(0, PASSAGES_MAX).map(({ source, heading, text }) => ({
    source: stripMentions(source),
    heading: stripMentions(heading),
    text: stripMentions(text),
  }));
}

/** What there is something about, for the words that are typed so far. */
export async function topicsFor({ db, knowledge }: Sources, wish: Wish, limit: number): Promise<string[]> {
  const [entries, names] = await Promise.all([
    searchFaq(db, { ...wish, limit, isTyping: true }),
    knowledge.names(wish.words, limit),
  ]);
  return [...entries.map(({ title }) => `${FAQ}${SEPARATOR}${title}`), ...names].slice(0, limit);
}
