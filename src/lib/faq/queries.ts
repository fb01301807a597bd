import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { locales, type Locale } from '#lib/i18n/translate';
import { meaningsOf } from './words.ts';

export const TITLE_MAX = 100;
/** As much as a field of a modal holds. */
export const ANSWER_MAX = 4_000;
/** So long a deleted entry can be restored. */
export const RESTORABLE_DAYS = 30;

/** What an admin writes. */
export interface EntryText {
  readonly title: string;
  readonly summary: string;
  readonly keywords: readonly string[];
  readonly language: Locale;
}

/** An entry of a guild's FAQ. */
export interface FaqEntry extends EntryText {
  readonly id: number;
  readonly deletedAt: Date | null;
  /** When it was last changed; it says whether somebody else changed it meanwhile. */
  readonly updatedAt: Date;
}

const COLUMNS = ['id', 'title', 'summary', 'keywords', 'language', 'deleted_at', 'updated_at'] as const;

interface Row extends EntryText {
  readonly id: number;
  readonly deleted_at: Date | null;
  readonly updated_at: Date;
}

const toEntry = ({ deleted_at: deletedAt, updated_at: updatedAt, ...row }: Row): FaqEntry => ({
  ...row,
  deletedAt,
  updatedAt,
});

/** Whether a text names one of the languages in which entries are written. */
export function isLanguage(text: string): text is Locale {
  return locales.some((locale) => locale === text);
}

function columnsOf({ title, summary, keywords, language }: EntryText) {
  return { title, summary, keywords: [...keywords], language, meanings: meaningsOf(title, keywords) };
}

/** Writes a new entry. @returns its number. */
export async function addEntry(
  db: Database | Transaction<DB>,
  guildId: string,
  text: EntryText,
  by: { readonly userId: string; readonly at: Date },
): Promise<number> {
  const { id } = await db
    .insertInto('faq_entries')
    .values({
      guild_id: guildId,
      ...columnsOf(text),
      created_by: by.userId,
      created_at: by.at,
      updated_at: by.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Changes an entry that nobody else changed or deleted since it was read. @returns whether that was so. */
export async function changeEntry(
  db: Database,
  guildId: string,
  seen: Pick<FaqEntry, 'id' | 'updatedAt'>,
  text: EntryText,
  at: Date,
): Promise<boolean> {
  const changed = await db
    .updateTable('faq_entries')
    // Two changes within a millisecond would look like one.
    .set({ ...columnsOf(text), updated_at: new Date(Math.max(at.getTime(), seen.updatedAt.getTime() + 1)) })
    .where('guild_id', '=', guildId)
    .where('id', '=', seen.id)
    // What the database itself wrote has microseconds.
    .where(sql<Date>`date_trunc('milliseconds', updated_at)`, '=', seen.updatedAt)
    .where('deleted_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** An entry of a guild, a deleted one too; undefined when it has none of this number. */
export async function readEntry(db: Database, guildId: string, id: number): Promise<FaqEntry | undefined> {
  const row = await db
    .selectFrom('faq_entries')
    .select(COLUMNS)
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .$narrowType<{ language: Locale }>()
    .executeTakeFirst();
  return row && toEntry(row);
}

/** Deletes an entry, so that it can be restored. @returns undefined when there is none. */
export async function deleteEntry(
  db: Database,
  guildId: string,
  id: number,
  by: { readonly userId: string; readonly at: Date },
): Promise<FaqEntry | undefined> {
  const row = await db
    .updateTable('faq_entries')
    .set({ deleted_at: by.at, deleted_by: by.userId })
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(COLUMNS)
    .$narrowType<{ language: Locale }>()
    .executeTakeFirst();
  return row && toEntry(row);
}

/** Brings a deleted entry back. @returns undefined when there is none that is deleted. */
export async function restoreEntry(db: Database, guildId: string, id: number): Promise<FaqEntry | undefined> {
  const row = await db
    .updateTable('faq_entries')
    .set({ deleted_at: null, deleted_by: null })
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .returning(COLUMNS)
    .$narrowType<{ language: Locale }>()
    .executeTakeFirst();
  return row && toEntry(row);
}

/** Some entries of a guild in the order of their titles, and how many there are in all. */
export async function listEntries(
  db: Database,
  guildId: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly entries: readonly FaqEntry[]; readonly total: number }> {
  const of = db.selectFrom('faq_entries').where('guild_id', '=', guildId).where('deleted_at', 'is', null);
  const rows = await of
    .select(COLUMNS)
    .orderBy(sql`lower(title) collate "C"`)
    .orderBy('id')
    .offset(offset)
    .limit(limit)
    .$narrowType<{ language: Locale }>()
    .execute();
  const { total } = await of.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow();
  return { entries: rows.map(toEntry), total: Number(total) };
}

/** Entries of a guild in the order in which they were written, from behind one on. */
export async function entriesAfter(
  db: Database,
  guildId: string,
  after: number,
  limit: number,
): Promise<FaqEntry[]> {
  const rows = await db
    .selectFrom('faq_entries')
    .select(COLUMNS)
    .where('guild_id', '=', guildId)
    .where('deleted_at', 'is', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .$narrowType<{ language: Locale }>()
    .execute();
  return rows.map(toEntry);
}

/** Deleted entries of a guild whose title has these letters, the last deleted first. */
export async function deletedEntries(
  db: Database,
  guildId: string,
  typed: string,
  limit: number,
): Promise<FaqEntry[]> {
  const rows = await db
    .selectFrom('faq_entries')
    .select(COLUMNS)
    .where('guild_id', '=', guildId)
    .where('deleted_at', 'is not', null)
    .where((eb) => eb(eb.fn('strpos', [eb.fn('lower', ['title']), eb.val(typed.toLowerCase())]), '>', 0))
    .orderBy('deleted_at', 'desc')
    .limit(limit)
    .$narrowType<{ language: Locale }>()
    .execute();
  return rows.map(toEntry);
}
