import type { APIRole } from 'discord-api-types/v10';
import { NO_FLAGS } from './flags.ts';
import { serialiseMember } from './members.ts';
import type { GuildRecord, RoleRecord } from './records.ts';
import { compareSnowflakes } from './snowflakes.ts';
import type { World } from './world.ts';
import { channelsOf, dispatch } from './world.ts';

export interface NewRole {
  name: string;
  permissions: bigint;
  color?: number;
  hoist?: boolean;
  mentionable?: boolean;
  managedBy?: string;
}

/** Makes a role just above @everyone, where Discord puts a new one. */
export function createRole(world: World, guild: GuildRecord, input: NewRole): RoleRecord {
  for (const other of guild.roles.values()) {
    if (other.id !== guild.id) other.position += 1;
  }
  const role: RoleRecord = {
    id: world.snowflakes.next(),
    guildId: guild.id,
    name: input.name,
    permissions: input.permissions,
    position: 1,
    color: input.color ?? 0,
    hoist: input.hoist ?? false,
    mentionable: input.mentionable ?? false,
    managedBy: input.managedBy ?? null,
  };
  guild.roles.set(role.id, role);
  dispatch(
    world,
    'GUILD_ROLE_CREATE',
    { guild_id: guild.id, role: serialiseRole(role) },
    { guildId: guild.id },
  );
  for (const other of guild.roles.values()) {
    if (other.id !== guild.id && other !== role) announceRole(world, other);
  }
  return role;
}

export type RoleChanges = Partial<
  Pick<RoleRecord, 'name' | 'permissions' | 'color' | 'hoist' | 'mentionable'>
>;

export function updateRole(world: World, role: RoleRecord, changes: RoleChanges): void {
  Object.assign(role, changes);
  announceRole(world, role);
}

/** Puts a role at a position; the others keep their order around it. */
export function moveRole(world: World, guild: GuildRecord, role: RoleRecord, position: number): void {
  const others = [...guild.roles.values()]
    .filter((other) => other.id !== guild.id && other !== role)
    .sort((a, b) => a.position - b.position || compareSnowflakes(b.id, a.id));
  others.splice(Math.max(0, position - 1), 0, role);
  others.forEach((other, index) => {
    if (other.position === index + 1) return;
    other.position = index + 1;
    announceRole(world, other);
  });
}

export function deleteRole(world: World, guild: GuildRecord, role: RoleRecord): void {
  guild.roles.delete(role.id);
  for (const member of guild.members.values()) {
    if (!member.roles.delete(role.id)) continue;
    dispatch(
      world,
      'GUILD_MEMBER_UPDATE',
      { ...serialiseMember(world, member), guild_id: guild.id },
      { guildId: guild.id, memberId: member.id },
    );
  }
  for (const channel of channelsOf(world, guild.id)) channel.overwrites.delete(role.id);
  dispatch(world, 'GUILD_ROLE_DELETE', { guild_id: guild.id, role_id: role.id }, { guildId: guild.id });
}

function announceRole(world: World, role: RoleRecord): void {
  dispatch(
    world,
    'GUILD_ROLE_UPDATE',
    { guild_id: role.guildId, role: serialiseRole(role) },
    { guildId: role.guildId },
  );
}

export function serialiseRole(role: RoleRecord): APIRole {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position: role.position,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: role.hoist,
    managed: role.managedBy !== null,
    mentionable: role.mentionable,
    icon: null,
    unicode_emoji: null,
    flags: NO_FLAGS,
    ...(role.managedBy ? { tags: { bot_id: role.managedBy } } : {}),
  };
}
