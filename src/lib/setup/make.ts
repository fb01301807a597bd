import {
  ChannelType,
  DiscordAPIError,
  OverwriteType,
  PermissionFlagsBits as P,
  RESTJSONErrorCodes,
  type CategoryChannel,
  type Guild,
  type GuildMember,
  type NewsChannel,
  type OverwriteData,
  type Role,
  type TextChannel,
} from 'discord.js';
import { missingInGuild, permissionNames } from '#lib/discord/usable';
import { UserError } from '#lib/errors/user-error';
import { definitionOf, type BotPermission, type SettingKey } from '#lib/settings/definitions';
import { neededToMake, type Access, type Making } from './steps.ts';

export type Made = TextChannel | NewsChannel | CategoryChannel | Role;

const READ = P.ViewChannel | P.ReadMessageHistory;
const WRITE = P.SendMessages | P.EmbedLinks;
/** More would not fit into the overwrites of a channel beside what people add themselves. */
const ADMIN_ROLES_MAX = 25;

/** Why the bot does not make it: what it lacks itself, or what the person lacks. Null where it can. */
export interface Hindrance {
  readonly who: 'bot' | 'person';
  readonly missing: readonly BotPermission[];
}

/** What is in the way of making something for a person: nobody gets more done by the bot than they could do themselves. */
export function hindrance(member: GuildMember, making: Making, key: SettingKey | null): Hindrance | null {
  const { guild } = member;
  const missing = missingInGuild(guild, neededToMake(making, key));
  if (missing.length > 0) return { who: 'bot', missing };
  const own: BotPermission = making.kind === 'role' ? 'ManageRoles' : 'ManageChannels';
  const isAllowed = member.id === guild.ownerId || member.permissions.has(P[own]);
  return isAllowed ? null : { who: 'person', missing: [own] };
}

/** What a channel is made as: an announcement channel only where the server can have one. */
export function typeIn(guild: Guild, making: Making): NonNullable<Making['type']> {
  const type = making.type ?? ChannelType.GuildText;
  if (type !== ChannelType.GuildAnnouncement || guild.features.includes('COMMUNITY')) return type;
  return ChannelType.GuildText;
}

/** What is there already under the name that a new one would have, and would do as well. */
export function sameNamed(
  guild: Guild,
  making: Making,
  key: SettingKey | null,
  name: string,
): { readonly id: string } | undefined {
  if (making.kind === 'role')
    return guild.roles.cache.find((role) => !role.managed && role.name.toLowerCase() === name.toLowerCase());
  const definition = key === null ? null : definitionOf(key);
  const types = definition?.type === 'channel' ? definition.channelTypes : [typeIn(guild, making)];
  return guild.channels.cache.find((channel) => types.includes(channel.type) && channel.name === name);
}

/**
 * Makes a channel or a role.
 * @param reason what the server's audit log says.
 * @throws UserError when the bot or the person may not, or the server is full.
 */
export async function make(
  member: GuildMember,
  making: Making,
  key: SettingKey | null,
  { name, reason }: { readonly name: string; readonly reason: string },
): Promise<Made> {
  const { guild } = member;
  const inTheWay = hindrance(member, making, key);
  if (inTheWay !== null) throw hindranceError(inTheWay);
  try {
    if (making.kind === 'role') return await guild.roles.create({ name, permissions: [], reason });
    return await guild.channels.create({
      name,
      type: typeIn(guild, making),
      permissionOverwrites: overwritesFor(guild, making.access),
      reason,
    });
  } catch (error) {
    throw toldError(error);
  }
}

function hindranceError({ who, missing }: Hindrance): UserError {
  const permissions = permissionNames(missing);
  return who === 'bot'
    ? new UserError('setup:create.botLacks', { permissions })
    : new UserError('setup:create.youLack', { permissions });
}

const FULL: readonly (number | string)[] = [
  RESTJSONErrorCodes.MaximumNumberOfGuildChannelsReached,
  RESTJSONErrorCodes.MaximumNumberOfGuildRolesReached,
];

function toldError(error: unknown): unknown {
  if (!(error instanceof DiscordAPIError)) return error;
  if (FULL.includes(error.code)) return new UserError('setup:create.full');
  if (error.code === RESTJSONErrorCodes.MissingPermissions) return new UserError('setup:create.refused');
  return error;
}

/** Who sees a new channel and who writes in it. Staff of tickets are let into each ticket's channel by itself. */
function overwritesFor(guild: Guild, access: Access): OverwriteData[] {
  if (access === 'usual') return [];
  const isPrivate = access !== 'read';
  const admins = access === 'tickets' ? [] : adminRoles(guild);
  return [
    {
      id: guild.id,
      type: OverwriteType.Role,
      allow: isPrivate ? 0n : READ,
      deny: isPrivate ? P.ViewChannel : P.SendMessages,
    },
    { id: guild.client.user.id, type: OverwriteType.Member, allow: READ | WRITE, deny: 0n },
    ...admins.map(({ id }) => ({ id, type: OverwriteType.Role, allow: READ | WRITE, deny: 0n })),
  ];
}

/** Roles of people that may manage the server; whoever is its owner or administrator sees everything anyway. */
function adminRoles(guild: Guild): Role[] {
  return [...guild.roles.cache.values()]
    .filter((role) => role.id !== guild.id && !role.managed && role.permissions.has(P.ManageGuild))
    .slice(0, ADMIN_ROLES_MAX);
}
