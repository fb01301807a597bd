import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { removeMember } from './members.ts';
import { deleteMessages } from './messages.ts';
import type { BanRecord, GuildRecord, UserRecord } from './records.ts';
import { timeOf } from './snowflakes.ts';
import { requireUser, serialiseUser } from './users.ts';
import type { World } from './world.ts';
import { actAs, placesOf, dispatch } from './world.ts';

/** Who hears of bans, as Discord's documentation says. */
const NEEDED = P.BanMembers | P.ViewAuditLog;

export interface BanOptions {
  reason?: string | null;
  /** How far back the user's messages go as well. */
  deleteMessageSeconds?: number;
}

/** Keeps a user out, member or not. Does nothing when they are banned already. */
export function banUser(
  world: World,
  guild: GuildRecord,
  user: UserRecord,
  { reason = null, deleteMessageSeconds = 0 }: BanOptions = {},
): void {
  if (guild.bans.has(user.id)) return;
  guild.bans.set(user.id, { userId: user.id, reason });
  announce(world, 'GUILD_BAN_ADD', guild, user);
  const member = guild.members.get(user.id);
  if (member) removeMember(world, guild, member);
  if (deleteMessageSeconds > 0)
    actAs(world, { userId: null }, () => purge(world, guild, user, deleteMessageSeconds));
}

export function unbanUser(world: World, guild: GuildRecord, ban: BanRecord): void {
  guild.bans.delete(ban.userId);
  announce(world, 'GUILD_BAN_REMOVE', guild, requireUser(world, ban.userId));
}

function purge(world: World, guild: GuildRecord, user: UserRecord, seconds: number): void {
  const oldest = world.clock.now().getTime() - seconds * 1000;
  for (const channel of placesOf(world, guild.id)) {
    const theirs = [...channel.messages.values()].filter(
      ({ id, authorId }) => authorId === user.id && timeOf(id).getTime() >= oldest,
    );
    deleteMessages(
      world,
      channel,
      theirs.map(({ id }) => id),
    );
  }
}

function announce(
  world: World,
  name: 'GUILD_BAN_ADD' | 'GUILD_BAN_REMOVE',
  guild: GuildRecord,
  user: UserRecord,
): void {
  const data = { guild_id: guild.id, user: serialiseUser(user) };
  dispatch(world, name, data, { guildId: guild.id, needs: NEEDED });
}
