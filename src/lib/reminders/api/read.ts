import { sql } from 'kysely';
import type { z } from 'zod';
import type { Client } from 'discord.js';
import { actorOfMember, personOf, reachesGuild } from '#lib/access/person';
import type { Caller } from '#lib/access/caller';
import type { GuildRights } from '#lib/access/guild-rights';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { cursorNumber, pageLimit, pageReply } from '#lib/http/page';
import { HttpProblem } from '#lib/http/problem';
import type { Reply } from '#lib/http/route';
import { requireManageable } from '../access.ts';
import { nextDueAt, REMINDER_COLUMNS, toReminder, type ListedReminder } from '../queries.ts';
import type { listQuery } from './shapes.ts';
import { shownReminder } from './view.ts';

type ListQuery = z.output<typeof listQuery>;

/** The caller's own reminders that are not finished, in all guilds of the bot or in one, in the order in which they were made. */
export async function listOwn(
  client: Client,
  db: Database,
  caller: Caller,
  query: ListQuery,
): Promise<Reply> {
  const guilds = query.guild_id === undefined ? [...client.guilds.cache.keys()] : [query.guild_id];
  const rows = await reminders(
    db,
    guilds.filter((id) => reachesGuild(caller, id)),
  )
    .where('created_by', '=', personOf(caller))
    .where('reminders.id', '>', cursorNumber(query) ?? 0)
    .orderBy('reminders.id')
    .limit(pageLimit(query) + 1)
    .execute();
  const found = rows.map((row) => ({ ...toReminder(row), nextDueAt: row.next_due_at }));
  return pageReply(
    query,
    'reminders',
    found,
    ({ id }) => id,
    (reminder) => shownReminder(reminder, reminder.nextDueAt),
  );
}

/** The same at the seed's address, which names the person. @throws HttpProblem 403 for somebody else's. */
export function listOf(
  client: Client,
  db: Database,
  caller: Caller,
  userId: string,
  query: ListQuery,
): Promise<Reply> {
  if (userId !== personOf(caller)) throw new HttpProblem(403, 'These are the reminders of somebody else.');
  return listOwn(client, db, caller, query);
}

/** Reminders of these guilds that are not finished. */
function reminders(db: Database, guildIds: readonly string[]) {
  return db
    .selectFrom('reminders')
    .select(REMINDER_COLUMNS)
    .select(nextDueAt)
    .where(sql<boolean>`reminders.guild_id = any(${guildIds}::bigint[])`)
    .where('finished_at', 'is', null);
}

/**
 * A reminder of any guild of the bot that the caller may change, with the guild's member who they are.
 * @throws UserError when there is none for them: whoever is not in its guild does not learn whether it is there.
 * @throws HttpProblem 503 when Discord does not say who they are.
 */
export async function findOwn(
  { client, rights }: { readonly client: Client; readonly rights: GuildRights },
  db: Database,
  caller: Caller,
  id: number,
) {
  const guilds = [...client.guilds.cache.keys()].filter((guildId) => reachesGuild(caller, guildId));
  const row = await reminders(db, guilds).where('reminders.id', '=', id).executeTakeFirst();
  const member = row === undefined ? null : await rights.member(row.guild_id, personOf(caller));
  if (row === undefined || member === null) throw new UserError('reminders:noSuchReminder', { id });
  const reminder: ListedReminder = { ...toReminder(row), nextDueAt: row.next_due_at };
  const actor = actorOfMember(member);
  if (reminder.recipientId !== actor.userId) requireManageable(reminder, id, actor);
  return { reminder, member, actor };
}

/** The header by which a change says what it was made of (RFC 9110). */
export const etagOf = (version: string): Readonly<Record<string, string>> => ({ ETag: `"${version}"` });
