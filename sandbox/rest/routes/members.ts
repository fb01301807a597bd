import type {
  RESTPatchAPICurrentGuildMemberJSONBody,
  RESTPatchAPIGuildMemberJSONBody,
} from 'discord-api-types/v10';
import { GatewayIntentBits, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { isGranted } from '../../gateway/intents.ts';
import { guildPermissions, hasPermissions, standsAboveMember } from '../../permissions.ts';
import type { MemberChanges } from '../../state/members.ts';
import { giveRole, removeMember, serialiseMember, takeRole, updateMember } from '../../state/members.ts';
import type { MemberRecord } from '../../state/records.ts';
import { compareSnowflakes } from '../../state/snowflakes.ts';
import { requireUser } from '../../state/users.ts';
import type { World } from '../../state/world.ts';
import type { GuildAccess } from '../access.ts';
import { demandInGuild, findMember, findRole, reachGuild } from '../access.ts';
import { missingAccess, missingPermissions } from '../errors.ts';
import type { Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';
import { checkStandsAbove, invalidRole } from './roles.ts';

export const memberRoutes: readonly Route[] = [
  route('GET', '/guilds/{guild}/members', ({ world, parameters, query }) => {
    const { guild } = reachGuild(world, parameters.guild);
    if (!isGranted(GatewayIntentBits.GuildMembers, world.application.flags)) throw missingAccess();
    const after = query.get('after') ?? '0';
    const members = [...guild.members.values()]
      .filter((member) => compareSnowflakes(member.id, after) > 0)
      .sort((a, b) => compareSnowflakes(a.id, b.id))
      .slice(0, Number(query.get('limit') ?? 1));
    return ok(members.map((member) => serialiseMember(world, member)));
  }),

  route('GET', '/guilds/{guild}/members/search', ({ world, parameters, query }) => {
    const { guild } = reachGuild(world, parameters.guild);
    const start = (query.get('query') ?? '').toLowerCase();
    const found = [...guild.members.values()].filter((member) => {
      const user = requireUser(world, member.id);
      return [user.username, user.displayName, member.nick].some((name) =>
        name?.toLowerCase().startsWith(start),
      );
    });
    return ok(
      found.slice(0, Number(query.get('limit') ?? 1)).map((member) => serialiseMember(world, member)),
    );
  }),

  route('GET', '/guilds/{guild}/members/{user}', ({ world, parameters }) =>
    ok(serialiseMember(world, findMember(reachGuild(world, parameters.guild).guild, parameters.user))),
  ),

  route('PATCH', '/guilds/{guild}/members/@me', ({ world, parameters, body }) => {
    const access = reachGuild(world, parameters.guild);
    const { nick } = body as RESTPatchAPICurrentGuildMemberJSONBody;
    if (nick !== undefined) {
      demandInGuild(world, access, P.ChangeNickname);
      updateMember(world, access.bot, { nick: nick === '' ? null : nick });
    }
    return ok(serialiseMember(world, access.bot));
  }),

  route('PATCH', '/guilds/{guild}/members/{user}', ({ world, parameters, body }) => {
    const access = reachGuild(world, parameters.guild);
    const member = findMember(access.guild, parameters.user);
    updateMember(world, member, readChanges(world, access, member, body as RESTPatchAPIGuildMemberJSONBody));
    return ok(serialiseMember(world, member));
  }),

  route('DELETE', '/guilds/{guild}/members/{user}', ({ world, parameters }) => {
    const access = reachGuild(world, parameters.guild);
    const member = findMember(access.guild, parameters.user);
    demandInGuild(world, access, P.KickMembers);
    checkOutranks(access, member);
    removeMember(world, access.guild, member);
    return noContent;
  }),

  route('PUT', '/guilds/{guild}/members/{user}/roles/{role}', ({ world, parameters }) => {
    const access = reachGuild(world, parameters.guild);
    const member = findMember(access.guild, parameters.user);
    checkMayAssign(world, access, parameters.role);
    giveRole(world, member, parameters.role);
    return noContent;
  }),

  route('DELETE', '/guilds/{guild}/members/{user}/roles/{role}', ({ world, parameters }) => {
    const access = reachGuild(world, parameters.guild);
    const member = findMember(access.guild, parameters.user);
    checkMayAssign(world, access, parameters.role);
    takeRole(world, member, parameters.role);
    return noContent;
  }),
];

function readChanges(
  world: World,
  access: GuildAccess,
  member: MemberRecord,
  body: RESTPatchAPIGuildMemberJSONBody,
): MemberChanges {
  const changes: MemberChanges = {};
  if (body.nick !== undefined) {
    demandInGuild(world, access, P.ManageNicknames);
    checkOutranks(access, member);
    changes.nick = body.nick === '' ? null : body.nick;
  }
  if (body.communication_disabled_until !== undefined) {
    demandInGuild(world, access, P.ModerateMembers);
    checkOutranks(access, member);
    // An administrator cannot be timed out, whatever the bot's rank is.
    const held = guildPermissions(access.guild, member, world.clock.now());
    if (hasPermissions(held, P.Administrator)) throw missingPermissions();
    const until = body.communication_disabled_until;
    changes.timedOutUntil = until === null ? null : new Date(until);
  }
  if (body.roles) {
    const roles = new Set(body.roles.map(String));
    const touched = [...roles]
      .filter((id) => !member.roles.has(id))
      .concat([...member.roles].filter((id) => !roles.has(id)));
    demandInGuild(world, access, P.ManageRoles);
    for (const id of touched) checkMayAssign(world, access, id);
    changes.roles = roles;
  }
  return changes;
}

function checkOutranks({ guild, bot }: GuildAccess, member: MemberRecord): void {
  if (member.id !== bot.id && !standsAboveMember(guild, bot, member)) throw missingPermissions();
}

function checkMayAssign(world: World, access: GuildAccess, roleId: string): void {
  demandInGuild(world, access, P.ManageRoles);
  const role = findRole(access.guild, roleId);
  if (role.managedBy !== null || role.id === access.guild.id) throw invalidRole();
  checkStandsAbove(access, role);
}
