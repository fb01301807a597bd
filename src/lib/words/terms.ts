import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { wordsOf } from './vocabulary.ts';

/** What is read of a text; what somebody wants stands near its beginning. */
const READ_MAX = 6_000;
/** Begins a term that is a word of the vocabulary; what the database makes of a word never does. */
export const KNOWN = '=';
const TERMS_MAX = 60;

/**
 * What a text is about: words of the vocabulary, and the stems of the others in the language that it is written in, English or Dutch.
 * The database's own text search knows both languages.
 */
export async function termsOf(db: Database | Transaction<DB>, text: string): Promise<string[]> {
  const [terms = []] = await termsOfEach(db, [text]);
  return terms;
}

/** The same of several texts at once. */
export async function termsOfEach(
  db: Database | Transaction<DB>,
  texts: readonly string[],
): Promise<string[][]> {
  const read = texts.map((text) => text.slice(0, READ_MAX).replaceAll('\0', ''));
  const words = read.map(wordsOf);
  const others = words.map(({ other }) => other.join(' '));
  // Whichever language knows more of the small words is the one that a text is written in.
  const { rows } = await sql<{ stems: string[] }>`
    select tsvector_to_array(
      case when length(to_tsvector('dutch', text)) < length(to_tsvector('english', text))
        then to_tsvector('dutch', words) else to_tsvector('english', words) end
    ) as stems
    from unnest(${read}::text[], ${others}::text[]) with ordinality as given (text, words, place)
    order by place`.execute(db);
  return words.map(({ known }, index) =>
    [...known.map((word) => KNOWN + word), ...(rows[index]?.stems ?? [])].slice(0, TERMS_MAX),
  );
}
