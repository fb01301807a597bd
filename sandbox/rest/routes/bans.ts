import type {
  APIBan,
  RESTPostAPIGuildBulkBanJSONBody,
  RESTPutAPIGuildBanJSONBody,
} from 'discord-api-types/v10';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { standsAboveMember } from '../../permissions.ts';
import { banUser, unbanUser } from '../../state/bans.ts';
import type { BanRecord, UserRecord } from '../../state/records.ts';
import { compareSnowflakes } from '../../state/snowflakes.ts';
import { requireUser, serialiseUser } from '../../state/users.ts';
import type { World } from '../../state/world.ts';
import type { GuildAccess } from '../access.ts';
import { demandInGuild, reachGuild } from '../access.ts';
import { DiscordError, missingPermissions, unknownBan, unknownUser } from '../errors.ts';
import type { Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';

const DEFAULT_PAGE = 1000;
const DAY_SECONDS = 86_400;

export const banRoutes: readonly Route[] = [
  route('GET', '/guilds/{guild}/bans', ({ world, parameters, query }) => {
    const { guild } = reachBans(world, parameters.guild);
    const bans = [...guild.bans.values()].sort((a, b) => compareSnowflakes(a.userId, b.userId));
    return ok(page(bans, query).map((ban) => serialiseBan(world, ban)));
  }),

  route('GET', '/guilds/{guild}/bans/{user}', ({ world, parameters }) => {
    const { guild } = reachBans(world, parameters.guild);
    const ban = guild.bans.get(parameters.user);
    if (!ban) throw unknownBan();
    return ok(serialiseBan(world, ban));
  }),

  route('PUT', '/guilds/{guild}/bans/{user}', ({ world, parameters, body }) => {
    const access = reachBans(world, parameters.guild);
    const user = world.users.get(parameters.user);
    if (!user) throw unknownUser();
    if (!mayBan(access, user)) throw missingPermissions();
    // Older clients count in days.
    const sent = body as RESTPutAPIGuildBanJSONBody;
    const seconds = sent.delete_message_seconds ?? (sent.delete_message_days ?? 0) * DAY_SECONDS;
    banUser(world, access.guild, user, { reason: world.acting.by?.reason, deleteMessageSeconds: seconds });
    return noContent;
  }),

  route('DELETE', '/guilds/{guild}/bans/{user}', ({ world, parameters }) => {
    const { guild } = reachBans(world, parameters.guild);
    const ban = guild.bans.get(parameters.user);
    if (!ban) throw unknownBan();
    unbanUser(world, guild, ban);
    return noContent;
  }),

  route('POST', '/guilds/{guild}/bulk-ban', ({ world, parameters, body }) => {
    const access = reachBans(world, parameters.guild);
    demandInGuild(world, access, P.ManageGuild);
    const { user_ids: ids, delete_message_seconds: seconds } = body as RESTPostAPIGuildBulkBanJSONBody;
    const banned: string[] = [];
    const failed: string[] = [];
    for (const id of ids) {
      const user = world.users.get(id);
      if (!user || access.guild.bans.has(id) || !mayBan(access, user)) {
        failed.push(id);
        continue;
      }
      banUser(world, access.guild, user, {
        reason: world.acting.by?.reason,
        deleteMessageSeconds: seconds ?? 0,
      });
      banned.push(id);
    }
    if (banned.length === 0) throw new DiscordError(400, 500000, 'Failed to ban users');
    return ok({ banned_users: banned, failed_users: failed });
  }),
];

function reachBans(world: World, guildId: string): GuildAccess {
  const access = reachGuild(world, guildId);
  demandInGuild(world, access, P.BanMembers);
  return access;
}

/** Strangers can be banned too; of the members those below the bot. */
function mayBan({ guild, bot }: GuildAccess, { id }: UserRecord): boolean {
  const member = guild.members.get(id);
  return !member || standsAboveMember(guild, bot, member);
}

/** Always in the order of the ids; of both bounds Discord heeds `before`. */
function page(bans: readonly BanRecord[], query: URLSearchParams): BanRecord[] {
  const limit = Number(query.get('limit') ?? DEFAULT_PAGE);
  const before = query.get('before');
  if (before !== null) {
    return bans.filter(({ userId }) => compareSnowflakes(userId, before) < 0).slice(-limit);
  }
  const after = query.get('after') ?? '0';
  return bans.filter(({ userId }) => compareSnowflakes(userId, after) > 0).slice(0, limit);
}

function serialiseBan(world: World, { userId, reason }: BanRecord): APIBan {
  return { user: serialiseUser(requireUser(world, userId)), reason };
}
