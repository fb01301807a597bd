import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import type { Locale } from '#lib/i18n/translate';
import type { FaqEntry } from './queries.ts';
import { askedWords } from './words.ts';

/** An entry of the FAQ that says something to what was searched for. */
export interface FoundEntry extends Pick<FaqEntry, 'id' | 'title' | 'summary' | 'keywords' | 'language'> {
  /** From 0 to 1: how much of what was asked it is about. */
  readonly score: number;
}

export interface FaqQuestion {
  readonly guildId: string;
  /** As somebody typed it: a word, a question, a whole text. */
  readonly words: string;
  /** Entries in this language come first where others fit as well. */
  readonly locale: Locale;
  readonly limit: number;
  /** The last word is being typed; its end may be missing. */
  readonly isTyping?: boolean;
}

/** What a word counts for, by where it stands in an entry. */
const IN_HEAD = 1;
const SAME_MEANING = 0.9;
const ALIKE = 0.85;
const IN_ANSWER = 0.4;
/** In the other language. */
const FOREIGN = 0.93;
/** What a word that no entry has weighs, beside the rarest that one has: it may be said in other words. */
const UNKNOWN = 0.5;
/** What is typed is alike to the words that begin so; what is shorter begins too many of them, and only titles are looked at. */
const TYPED_LENGTH_MIN = 3;
const LAST_CHARACTER = '\u{10FFFF}';
/** Looking at one takes 40 µs; so many that are alike say that the word says little. */
const ALIKE_MAX = 200;
/** Shorter words are alike by chance. */
const ALIKE_LENGTH_MIN = 4;
/** Stand beside the entries of a guild that has few, among which nothing is common yet. */
const IMAGINED_ENTRIES = 20;
/** Below it is not shown. Measured, as the next, with tests/lib/faq/labelled.ts. */
const SHOWN = 0.25;
/** From here on an entry is offered unasked. */
export const FITTING = 0.6;

/**
 * What a guild's FAQ says to it, the best first: stems of words in both languages, words that mean the same, and words that are
 * spelled alike. Each word weighs as much as it is rare in the guild's entries.
 */
export async function searchFaq(
  db: Database | Transaction<DB>,
  { guildId, words: text, locale, limit, isTyping = false }: FaqQuestion,
): Promise<FoundEntry[]> {
  const asked = askedWords(text);
  if (asked.length === 0) return [];
  const words = asked.map(({ word }) => word);
  const meanings = asked.map(({ meaning }) => meaning);
  const typed = isTyping ? (words.at(-1) ?? '') : '';
  const { rows } = await sql<FoundEntry>`
    with asked as materialized (
      select place, word, to_tsquery('english', word) || to_tsquery('dutch', word) as anywhere,
        to_tsquery('english', word || ':AB') || to_tsquery('dutch', word || ':AB') as in_head,
        case when meaning is null then null else quote_literal(meaning)::tsquery end as means
      from unnest(${words}::text[], ${meanings}::text[]) with ordinality given (word, meaning, place)
      where meaning is not null or word = ${typed} or numnode(to_tsquery('english', word)) > 0 and numnode(to_tsquery('dutch', word)) > 0
    ), exact as materialized (
      select place, found.* from asked cross join lateral (
        select id, language, length(head) as size, case
            when search @@ in_head then ${IN_HEAD}::float8
            when search @@ means then ${SAME_MEANING}::float8
            else ${IN_ANSWER}::float8
          end as much
        from faq_entries
        where guild_id = ${guildId} and deleted_at is null
          and search @@ (case when means is null then anywhere else anywhere || means end)
      ) found
    ), alike as materialized (
      select place, found.* from (
        select * from asked
        where word = ${typed} and length(word) >= ${TYPED_LENGTH_MIN}::int
          or length(word) >= ${ALIKE_LENGTH_MIN}::int and place not in (select place from exact)
      ) unknown cross join lateral (
        select id, language, length(head) as size, ${ALIKE}::float8 * word_similarity(word, head) as much
        from faq_entries
        where guild_id = ${guildId} and deleted_at is null and word <% head
        limit ${ALIKE_MAX}
      ) found
    ), begun as materialized (
      select place, found.* from asked cross join lateral (
        select id, language, length(head) as size, ${ALIKE}::float8 as much
        from faq_entries
        where guild_id = ${guildId} and deleted_at is null
          and lower(title) collate "C" >= word and lower(title) collate "C" < word || ${LAST_CHARACTER}
        limit ${ALIKE_MAX}
      ) found
      where word = ${typed} and length(word) < ${TYPED_LENGTH_MIN}::int
    ), matches as materialized (
      select place, id, language, size, max(much) as much
      from (select * from exact union all select * from alike union all select * from begun) either
      group by place, id, language, size
    ), weights as materialized (
      select place, case when matched is null then ${UNKNOWN}::float8 else 1 end
          * ln(1 + (${IMAGINED_ENTRIES} + entries)::float8 / (1 + coalesce(matched, 0))) as weight
      from asked
      left join (select place, count(*) as matched from matches group by place) counted using (place)
      cross join (select count(*) as entries from faq_entries where guild_id = ${guildId} and deleted_at is null) them
    ), best as materialized (
      select id, sum(much * weight) / (select sum(weight) from weights)
          * case language when ${locale} then 1 else ${FOREIGN}::float8 end as score, size
      from matches join weights using (place)
      group by id, language, size
      order by 2 desc, size, id
      limit ${limit}
    )
    select id, title, summary, keywords, faq_entries.language, score
    from best join faq_entries using (id)
    where guild_id = ${guildId} and score >= ${SHOWN}::float8
    order by score desc, size, id`.execute(db);
  return rows;
}

/** The entries that answer what somebody wrote so surely that they may be offered unasked; often none. */
export async function fittingEntries(
  db: Database | Transaction<DB>,
  question: Omit<FaqQuestion, 'isTyping'>,
): Promise<FoundEntry[]> {
  return (await searchFaq(db, question)).filter(({ score }) => score >= FITTING);
}
