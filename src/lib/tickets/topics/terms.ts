import { sql } from 'kysely';
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
export async function termsOf(db: Database, text: string): Promise<string[]> {
  const read = text.slice(0, READ_MAX).replaceAll('\0', '');
  const { known, other } = wordsOf(read);
  const words = other.join(' ');
  const {
    rows: [row],
  } = await sql<{ stems: string[] }>`
    select tsvector_to_array(
      -- Whichever language knows more of the small words is the one it is written in.
      case when length(to_tsvector('dutch', ${read})) < length(to_tsvector('english', ${read}))
        then to_tsvector('dutch', ${words}) else to_tsvector('english', ${words}) end
    ) as stems`.execute(db);
  return [...known.map((word) => KNOWN + word), ...(row?.stems ?? [])].slice(0, TERMS_MAX);
}
