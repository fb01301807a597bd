import type {
  RESTPatchAPIGuildRoleJSONBody,
  RESTPatchAPIGuildRolePositionsJSONBody,
  RESTPostAPIGuildRoleJSONBody,
} from 'discord-api-types/v10';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { compareRoles, guildPermissions, hasPermissions, standsAboveRole } from '../../permissions.ts';
import type { RoleRecord } from '../../state/records.ts';
import { createRole, deleteRole, moveRole, serialiseRole, updateRole } from '../../state/roles.ts';
import type { World } from '../../state/world.ts';
import type { GuildAccess } from '../access.ts';
import { demandInGuild, findRole, reachGuild } from '../access.ts';
import { DiscordError, missingPermissions } from '../errors.ts';
import type { Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';

const MOST_ROLES = 250;

export const roleRoutes: readonly Route[] = [
  route('GET', '/guilds/{guild}/roles', ({ world, parameters }) => {
    const { guild } = reachGuild(world, parameters.guild);
    return ok([...guild.roles.values()].map(serialiseRole));
  }),

  route('GET', '/guilds/{guild}/roles/{role}', ({ world, parameters }) =>
    ok(serialiseRole(findRole(reachGuild(world, parameters.guild).guild, parameters.role))),
  ),

  route('POST', '/guilds/{guild}/roles', ({ world, parameters, body }) => {
    const access = reachGuild(world, parameters.guild);
    demandInGuild(world, access, P.ManageRoles);
    const sent = body as RESTPostAPIGuildRoleJSONBody;
    const everyone = access.guild.roles.get(access.guild.id);
    const permissions = sent.permissions ? BigInt(sent.permissions) : (everyone?.permissions ?? 0n);
    if (sent.permissions) checkMayGrant(world, access, permissions);
    if (access.guild.roles.size >= MOST_ROLES) {
      throw new DiscordError(400, 30005, `Maximum number of guild roles reached (${MOST_ROLES})`);
    }
    const role = createRole(world, access.guild, {
      name: sent.name ?? 'new role',
      permissions,
      color: sent.colors?.primary_color ?? sent.color ?? 0,
      hoist: sent.hoist ?? false,
      mentionable: sent.mentionable ?? false,
    });
    return ok(serialiseRole(role));
  }),

  route('PATCH', '/guilds/{guild}/roles', ({ world, parameters, body }) => {
    const access = reachGuild(world, parameters.guild);
    demandInGuild(world, access, P.ManageRoles);
    for (const move of body as RESTPatchAPIGuildRolePositionsJSONBody) {
      const role = findRole(access.guild, move.id);
      // discord.js names all roles, those above the bot too: only a move needs the rank.
      if (typeof move.position !== 'number' || move.position === role.position) continue;
      checkStandsAbove(access, role);
      moveRole(world, access.guild, role, move.position);
    }
    return ok([...access.guild.roles.values()].sort(compareRoles).map(serialiseRole));
  }),

  route('PATCH', '/guilds/{guild}/roles/{role}', ({ world, parameters, body }) => {
    const access = reachGuild(world, parameters.guild);
    demandInGuild(world, access, P.ManageRoles);
    const role = findRole(access.guild, parameters.role);
    checkStandsAbove(access, role);
    const sent = body as RESTPatchAPIGuildRoleJSONBody;
    const permissions = sent.permissions ? BigInt(sent.permissions) : undefined;
    // Only what is added must be the bot's own; what was there may stay.
    if (permissions !== undefined) checkMayGrant(world, access, permissions & ~role.permissions);
    const color = sent.colors?.primary_color ?? sent.color;
    updateRole(world, role, {
      ...(sent.name ? { name: sent.name } : {}),
      ...(permissions === undefined ? {} : { permissions }),
      ...(typeof color === 'number' ? { color } : {}),
      ...(typeof sent.hoist === 'boolean' ? { hoist: sent.hoist } : {}),
      ...(typeof sent.mentionable === 'boolean' ? { mentionable: sent.mentionable } : {}),
    });
    return ok(serialiseRole(role));
  }),

  route('DELETE', '/guilds/{guild}/roles/{role}', ({ world, parameters }) => {
    const access = reachGuild(world, parameters.guild);
    demandInGuild(world, access, P.ManageRoles);
    const role = findRole(access.guild, parameters.role);
    if (role.managedBy !== null || role.id === access.guild.id) throw invalidRole();
    checkStandsAbove(access, role);
    deleteRole(world, access.guild, role);
    return noContent;
  }),
];

/** The role cannot be given, taken or deleted by anybody: @everyone, or one that belongs to a bot. */
export function invalidRole(): DiscordError {
  return new DiscordError(400, 50028, 'Invalid Role');
}

export function checkStandsAbove({ guild, bot }: GuildAccess, role: RoleRecord): void {
  if (!standsAboveRole(guild, bot, role)) throw missingPermissions();
}

function checkMayGrant(world: World, { guild, bot }: GuildAccess, permissions: bigint): void {
  if (!hasPermissions(guildPermissions(guild, bot, world.clock.now()), permissions))
    throw missingPermissions();
}
