import type { Locale } from '#lib/i18n/translate';
import type { KnowledgeFiles } from './knowledge-files.ts';
import type { Passage } from './passage.ts';

/** Where passages are found. */
export interface Sources {
  readonly knowledge: KnowledgeFiles;
}

/** What somebody wants to know, and where they ask it. */
export interface Wish {
  readonly guildId: string;
  readonly words: string;
  readonly locale: Locale;
}

const KNOWLEDGE_MAX = 3;

/** The passages that answer a wish, the best first; none when no source says anything of it. */
export async function passagesFor({ knowledge }: Sources, { words }: Wish): Promise<Passage[]> {
  return knowledge.find(words, KNOWLEDGE_MAX);
}

/** What there is something about, for the words that are typed so far. */
export async function topicsFor({ knowledge }: Sources, { words }: Wish, limit: number): Promise<string[]> {
  return knowledge.names(words, limit);
}
