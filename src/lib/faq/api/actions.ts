import type { z } from 'zod';
import type { Caller } from '#lib/access/caller';
import { requirePerson } from '#lib/access/person';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { cursorNumber, pageLimit, pageReply } from '#lib/http/page';
import type { Reply } from '#lib/http/route';
import { faqLogEntry } from '../admin-actions.ts';
import type { FaqDeps } from '../deps.ts';
import { entryText } from '../entry-text.ts';
import { findEntry } from '../find.ts';
import { addEntry, changeEntry, deleteEntry, entriesAfter, type FaqEntry } from '../queries.ts';
import type { entryBody, entryShape, listQuery } from './shapes.ts';

type Deps = Pick<FaqDeps, 'clock' | 'logChannel'>;
type Body = z.output<typeof entryBody>;

const shownEntry = (entry: FaqEntry): z.input<typeof entryShape> => ({
  id: entry.id,
  title: entry.title,
  answer: entry.summary,
  keywords: [...entry.keywords],
  language: entry.language,
  updated_at: entry.updatedAt.toISOString(),
});

const textIn = ({ title, answer, keywords = [], language }: Body) =>
  entryText({ title, answer, keywords, language });

/** A page of a guild's entries. */
export async function listFaq(
  db: Database,
  guildId: string,
  query: z.output<typeof listQuery>,
): Promise<Reply> {
  const found = await entriesAfter(db, guildId, cursorNumber(query) ?? 0, pageLimit(query) + 1);
  return pageReply(query, 'entries', found, ({ id }) => id, shownEntry);
}

/** One entry. @throws UserError when the guild has none of this number. */
export async function showEntry(db: Database, guildId: string, id: number): Promise<Reply> {
  return { status: 200, body: shownEntry(await findEntry(db, guildId, id)) };
}

/** Writes a new entry. @throws UserError when nothing would be seen of it. */
export async function makeEntry(
  { clock, logChannel }: Deps,
  db: Database,
  caller: Caller,
  guildId: string,
  body: Body,
): Promise<Reply> {
  const userId = requirePerson(caller);
  const text = textIn(body);
  const id = await addEntry(db, guildId, text, { userId, at: clock.now() });
  return {
    status: 201,
    body: shownEntry(await findEntry(db, guildId, id)),
    headers: { Location: `/api/dashboard/${guildId}/faq/${id}` },
    afterwards: () => logChannel.post(guildId, 'info', faqLogEntry('faq:log.added', userId, text.title)),
  };
}

/** Writes an entry anew. @throws UserError when there is none, or somebody else changed it at this moment. */
export async function writeEntry(
  { clock, logChannel }: Deps,
  db: Database,
  caller: Caller,
  guildId: string,
  id: number,
  body: Body,
): Promise<Reply> {
  const userId = requirePerson(caller);
  const text = textIn(body);
  const before = await findEntry(db, guildId, id);
  if (!(await changeEntry(db, guildId, before, text, clock.now())))
    throw new UserError('faq:changedMeanwhile');
  return {
    status: 200,
    body: shownEntry(await findEntry(db, guildId, id)),
    afterwards: () => logChannel.post(guildId, 'info', faqLogEntry('faq:log.changed', userId, text.title)),
  };
}

/** Deletes an entry; in Discord it can be restored for a while. @throws UserError when there is none. */
export async function removeEntry(
  { clock, logChannel }: Deps,
  db: Database,
  caller: Caller,
  guildId: string,
  id: number,
): Promise<Reply> {
  const userId = requirePerson(caller);
  const entry = await deleteEntry(db, guildId, id, { userId, at: clock.now() });
  if (entry === undefined) throw new UserError('faq:unknown');
  return {
    status: 200,
    body: { success: true },
    afterwards: () => logChannel.post(guildId, 'info', faqLogEntry('faq:log.deleted', userId, entry.title)),
  };
}
