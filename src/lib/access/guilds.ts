import type { Client, Guild } from 'discord.js';
import { z } from 'zod';
import { cursorId, pageLimit, pageReply } from '#lib/http/page';
import type { Reply } from '#lib/http/route';
import { pageEnd, pageQuery, snowflake } from '#lib/http/shapes';
import type { Rights } from './authorize.ts';
import type { Caller } from './caller.ts';

/** Guilds that Discord is asked about at once. */
const ASKED_AT_ONCE = 8;

export const guildsQuery = z.object(pageQuery);
export const guildPage = z
  .object({
    guilds: z.array(
      z.object({
        id: snowflake,
        name: z.string(),
        member_count: z.number().int(),
        icon: z.string().nullable().meta({ description: 'Where its picture is.' }),
      }),
    ),
    ...pageEnd,
  })
  .meta({ id: 'GuildPage' });

/**
 * The guilds of the bot that a caller may manage now, in the order of their ids; for the service key without a person, all.
 * @throws HttpProblem 503 when Discord does not say which.
 */
export async function listGuilds(
  client: Client,
  rights: Rights,
  caller: Caller,
  query: z.output<typeof guildsQuery>,
): Promise<Reply> {
  const after = BigInt(cursorId(query) ?? 0);
  const known = [...client.guilds.cache.values()]
    .filter(({ id, available }) => available && BigInt(id) > after)
    .filter(({ id }) => caller.kind !== 'key' || caller.guildId === id)
    .sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
  const found: Guild[] = [];
  while (known.length > 0 && found.length <= pageLimit(query)) {
    const some = known.splice(0, ASKED_AT_ONCE);
    const may = await Promise.all(some.map(({ id }) => mayManage(rights, caller, id)));
    found.push(...some.filter((_, index) => may[index]));
  }
  return pageReply(
    query,
    'guilds',
    found,
    ({ id }) => id,
    (guild) => ({
      id: guild.id,
      name: guild.name,
      member_count: guild.memberCount,
      icon: guild.iconURL(),
    }),
  );
}

function mayManage(rights: Rights, caller: Caller, guildId: string): Promise<boolean> {
  if (caller.kind === 'nobody') return Promise.resolve(false);
  if (caller.userId === null) return Promise.resolve(true);
  return rights.mayManageGuild(guildId, caller.userId);
}
