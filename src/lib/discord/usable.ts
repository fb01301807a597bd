import {
  PermissionFlagsBits,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  type Role,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import type { SentenceKey } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import type { BotPermission, ChannelDefinition, RoleDefinition } from '#lib/settings/definitions';

const CHANNEL_MENTION = /^<#(\d{15,22})>$|^(\d{15,22})$/;
const ROLE_MENTION = /^<@&(\d{15,22})>$|^(\d{15,22})$/;

/** What a person typed, for quoting it: of a mention only the id, for the rest would be taken out. */
function quotable(text: string): string {
  return safeEmbedText(text.replace(/^<(?:#|@&)(\d+)>$/, '$1'), 100);
}

/** The permissions of `needed` that the bot lacks in a channel. Empty when it has all of them. */
export function missingPermissions(
  channel: GuildBasedChannel,
  needed: readonly BotPermission[],
): BotPermission[] {
  const me = channel.guild.members.me;
  if (me === null) return [...needed];
  const held = channel.permissionsFor(me);
  return needed.filter((permission) => held === null || !held.has(PermissionFlagsBits[permission]));
}

/** A channel of this guild by mention, id or name; null when there is none. */
export function findChannel(guild: Guild, text: string): GuildBasedChannel | null {
  const match = CHANNEL_MENTION.exec(text);
  if (match !== null) return guild.channels.cache.get(match[1] ?? match[2] ?? '') ?? null;
  const name = text.replace(/^#/, '').toLowerCase();
  return guild.channels.cache.find((channel) => channel.name.toLowerCase() === name) ?? null;
}

/** A role of this guild by mention, id or name; null when there is none. */
export function findRole(guild: Guild, text: string): Role | null {
  const match = ROLE_MENTION.exec(text);
  if (match !== null) return guild.roles.cache.get(match[1] ?? match[2] ?? '') ?? null;
  const name = text.replace(/^@/, '').toLowerCase();
  return guild.roles.cache.find((role) => role.name.toLowerCase() === name) ?? null;
}

/** Why the bot cannot use a channel for what it is meant for. */
export type ChannelTrouble =
  | { readonly kind: 'type' }
  | { readonly kind: 'permissions'; readonly missing: readonly BotPermission[] };

/** What keeps the bot from using a channel; null when nothing does. */
export function channelTrouble(
  channel: GuildBasedChannel,
  { channelTypes, botPermissions }: Pick<ChannelDefinition, 'channelTypes' | 'botPermissions'>,
): ChannelTrouble | null {
  if (!channelTypes.includes(channel.type)) return { kind: 'type' };
  const missing = missingPermissions(channel, botPermissions);
  return missing.length > 0 ? { kind: 'permissions', missing } : null;
}

/** Why the bot cannot give a role to members. */
export type RoleTrouble =
  | { readonly kind: 'managed' }
  | { readonly kind: 'above' }
  | { readonly kind: 'permissions'; readonly missing: readonly BotPermission[] };

/** What keeps the bot from giving a role; null when nothing does. */
export function roleTrouble(
  role: Role,
  { botPermissions }: Pick<RoleDefinition, 'botPermissions'>,
): RoleTrouble | null {
  if (role.managed) return { kind: 'managed' };
  const missing = missingInGuild(role.guild, botPermissions);
  if (missing.length > 0) return { kind: 'permissions', missing };
  const me = role.guild.members.me;
  return me === null || me.roles.highest.comparePositionTo(role) <= 0 ? { kind: 'above' } : null;
}

/** The permissions of `needed` that no role of the bot has in a guild. */
export function missingInGuild(guild: Guild, needed: readonly BotPermission[]): BotPermission[] {
  const me = guild.members.me;
  return needed.filter((permission) => me === null || !me.permissions.has(PermissionFlagsBits[permission]));
}

/**
 * The id of a channel that the bot can use for a setting.
 * @throws UserError that names what is missing and where to change it.
 */
export function requireUsableChannel(guild: Guild, text: string, definition: ChannelDefinition): string {
  const channel = findChannel(guild, text);
  if (channel === null) throw new UserError('config:invalid.channel', { input: quotable(text) });
  const trouble = channelTrouble(channel, definition);
  if (trouble?.kind === 'type')
    throw new UserError('config:invalid.channelType', { channel: `<#${channel.id}>` });
  if (trouble !== null)
    throw new UserError('config:invalid.channelPermission', {
      channel: `<#${channel.id}>`,
      permissions: permissionNames(trouble.missing),
    });
  return channel.id;
}

/**
 * The id of a role that fits a setting.
 * @throws UserError when there is none; of one that the bot gives to members also when it stands above the bot, belongs to an
 * integration, or the bot may not manage roles.
 */
export function requireUsableRole(guild: Guild, text: string, definition: RoleDefinition): string {
  const role = findRole(guild, text);
  if (role === null || role.id === guild.id)
    throw new UserError('config:invalid.role', { input: quotable(text) });
  if (!definition.isGiven) return role.id;
  const trouble = roleTrouble(role, definition);
  if (trouble === null) return role.id;
  const mention = `<@&${role.id}>`;
  if (trouble.kind === 'managed') throw new UserError('config:invalid.roleManaged', { role: mention });
  if (trouble.kind === 'above') throw new UserError('config:invalid.roleAbove', { role: mention });
  throw new UserError('config:invalid.rolePermission', {
    role: mention,
    permissions: permissionNames(trouble.missing),
  });
}

/**
 * Refuses who could not give a role themselves: else the bot would give it for them.
 * @throws UserError unless they own the guild, or have Manage Roles and a role above it.
 */
export function requireMayGive(member: GuildMember, roleId: string): void {
  const { guild } = member;
  if (member.id === guild.ownerId) return;
  const role = guild.roles.cache.get(roleId);
  const isAbove = role !== undefined && member.roles.highest.comparePositionTo(role) > 0;
  if (!isAbove || !member.permissions.has(PermissionFlagsBits.ManageRoles))
    throw new UserError('config:invalid.roleNotYours', { role: `<@&${roleId}>` });
}

/** The names of permissions, for a sentence. */
export function permissionNames(permissions: readonly BotPermission[]): SentenceKey[] {
  return permissions.map((name) => `common:permissions.${name}` as const);
}
