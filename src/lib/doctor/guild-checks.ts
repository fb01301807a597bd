import { channelTrouble, missingInGuild, permissionNames, roleTrouble } from '#lib/discord/usable';
import type { BotPermission } from '#lib/settings/definitions';
import type { Translate } from '#lib/i18n/translate';
import { findingsOf, type Check, type Finding } from './finding.ts';
import type { ChannelNeed, Needs, RoleNeed, Source } from './needs.ts';

/** Everything that is checked in a guild, each on its own: no two find the same trouble. */
export const guildChecks: readonly Check<Needs>[] = [
  { name: 'channel-gone', run: goneChannels },
  { name: 'channel-type', run: wrongTypes },
  { name: 'server-permission', run: lacksInServer },
  { name: 'channel-permission', run: lacksInChannels },
  { name: 'role-gone', run: goneRoles },
  { name: 'role-managed', run: managedRoles },
  { name: 'role-above', run: rolesAbove },
];

/** All that is wrong in a guild; empty where everything works. */
export function findingsIn(needs: Needs): Finding[] {
  return findingsOf(guildChecks, needs);
}

function goneChannels({ guild, channels }: Needs): Finding[] {
  return channels
    .filter(({ channelId }) => !guild.channels.cache.has(channelId))
    .map(({ source, channelId }) => ({
      id: `${source.key}:${channelId}`,
      say: (t) => t('doctor:channelGone', { what: source.name(t), command: source.command }),
    }));
}

function wrongTypes({ guild, channels }: Needs): Finding[] {
  return channels
    .filter((need) => troubleOf(guild, need)?.kind === 'type')
    .map(({ source, channelId }) => ({
      id: `${source.key}:${channelId}`,
      say: (t) =>
        t('doctor:channelType', {
          channel: `<#${channelId}>`,
          what: source.name(t),
          command: source.command,
        }),
    }));
}

function troubleOf(guild: Needs['guild'], need: ChannelNeed) {
  const channel = guild.channels.cache.get(need.channelId);
  return channel === undefined ? null : channelTrouble(channel, need);
}

/** What each need lacks in its channel. */
function lacksOf({ guild, channels }: Needs): { need: ChannelNeed; missing: readonly BotPermission[] }[] {
  return channels.flatMap((need) => {
    const trouble = troubleOf(guild, need);
    return trouble?.kind === 'permissions' ? [{ need, missing: trouble.missing }] : [];
  });
}

/** One for each permission that the bot has nowhere in the guild: it is mended in one place. */
function lacksInServer(needs: Needs): Finding[] {
  const wanting = new Map<BotPermission, Source[]>();
  const want = (permission: BotPermission, source: Source): void => {
    if (missingInGuild(needs.guild, [permission]).length > 0)
      wanting.set(permission, [...(wanting.get(permission) ?? []), source]);
  };
  for (const { need, missing } of lacksOf(needs))
    for (const permission of missing) want(permission, need.source);
  for (const { source, permission } of needs.permissions) want(permission, source);
  for (const { source, isGiven } of needs.roles) if (isGiven) want('ManageRoles', source);
  return [...wanting].map(([permission, sources]) => ({
    id: permission,
    say: (t) =>
      t('doctor:serverPermission', {
        permission: permissionNames([permission]),
        what: namesOf(t, sources),
        mine: mineIn(needs),
      }),
  }));
}

/** One for each channel, whatever it is used for. */
function lacksInChannels(needs: Needs): Finding[] {
  const wanting = new Map<string, { permissions: Set<BotPermission>; sources: Source[] }>();
  for (const { need, missing } of lacksOf(needs)) {
    const here = missing.filter((permission) => missingInGuild(needs.guild, [permission]).length === 0);
    if (here.length === 0) continue;
    const found = wanting.get(need.channelId) ?? { permissions: new Set(), sources: [] };
    for (const permission of here) found.permissions.add(permission);
    found.sources.push(need.source);
    wanting.set(need.channelId, found);
  }
  return [...wanting].map(([channelId, { permissions, sources }]) => ({
    id: `${channelId}:${[...permissions].sort().join(',')}`,
    say: (t) =>
      t('doctor:channelPermission', {
        channel: `<#${channelId}>`,
        permissions: permissionNames([...permissions]),
        what: namesOf(t, sources),
        mine: mineIn(needs),
      }),
  }));
}

function goneRoles({ guild, roles }: Needs): Finding[] {
  return roles
    .filter(({ roleId }) => !guild.roles.cache.has(roleId))
    .map(({ source, roleId }) => ({
      id: `${source.key}:${roleId}`,
      say: (t) => t('doctor:roleGone', { what: source.name(t), command: source.command }),
    }));
}

/** The roles that the bot gives and cannot for this reason, each with all that names it. */
function ungivable(needs: Needs, kind: 'managed' | 'above'): [string, RoleNeed[]][] {
  const found = new Map<string, RoleNeed[]>();
  for (const need of needs.roles) {
    const role = needs.guild.roles.cache.get(need.roleId);
    // Lacking Manage Roles is told once, for the server.
    if (!need.isGiven || role === undefined || roleTrouble(role, { botPermissions: [] })?.kind !== kind)
      continue;
    found.set(role.id, [...(found.get(role.id) ?? []), need]);
  }
  return [...found];
}

function managedRoles(needs: Needs): Finding[] {
  return ungivable(needs, 'managed').map(([roleId, named]) => ({
    id: roleId,
    say: (t) =>
      t('doctor:roleManaged', {
        role: `<@&${roleId}>`,
        what: namesOf(
          t,
          named.map(({ source }) => source),
        ),
        command: named[0]?.source.command ?? '',
      }),
  }));
}

function rolesAbove(needs: Needs): Finding[] {
  return ungivable(needs, 'above').map(([roleId, named]) => ({
    id: roleId,
    say: (t) =>
      t('doctor:roleAbove', {
        role: `<@&${roleId}>`,
        what: namesOf(
          t,
          named.map(({ source }) => source),
        ),
        mine: mineIn(needs),
      }),
  }));
}

const NAMES_MAX = 6;

function namesOf(t: Translate, sources: readonly Source[]): string {
  const names = [...new Set(sources.map(({ name }) => `**${name(t)}**`))];
  return [...names.slice(0, NAMES_MAX), ...(names.length > NAMES_MAX ? ['…'] : [])].join(', ');
}

/** The bot's own highest role, for a sentence; @everyone where it has no other. */
function mineIn({ guild }: Needs): string {
  const highest = guild.members.me?.roles.highest;
  return highest === undefined || highest.id === guild.id ? '@everyone' : `<@&${highest.id}>`;
}
