import { UserError } from '#lib/errors/user-error';
import type { Database } from '#lib/database/database';
import { readEntry, type FaqEntry } from './queries.ts';

/** The largest number that the table can give an entry. */
export const ID_MAX = 2_147_483_647;

/** A number as it came in a custom id or an option. @throws UserError when there can be no such entry. */
export function entryId(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text) || Number(text) > ID_MAX) throw new UserError('faq:unknown');
  return Number(text);
}

/** An entry that is not deleted. @throws UserError when the guild has none of this number. */
export async function findEntry(db: Database, guildId: string, id: number): Promise<FaqEntry> {
  const entry = await readEntry(db, guildId, id);
  if (entry === undefined || entry.deletedAt !== null) throw new UserError('faq:unknown');
  return entry;
}
