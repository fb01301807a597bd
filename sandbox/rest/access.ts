import { PermissionFlagsBits } from 'discord-api-types/v10';
import { channelPermissions, guildPermissions, hasPermissions } from '../permissions.ts';
import { isThread } from '../state/channel-types.ts';
import type { GuildRecord, MemberRecord, MessageRecord, RoleRecord } from '../state/records.ts';
import type {
  ChannelRecord,
  GuildChannelRecord,
  GuildPlaceRecord,
  ThreadRecord,
} from '../state/channel-records.ts';
import { botCanView } from '../state/interactions.ts';
import type { World } from '../state/world.ts';
import { botMember } from '../state/world.ts';
import {
  archivedThread,
  lockedThread,
  missingAccess,
  missingPermissions,
  notForThisChannelType,
  unknownChannel,
  unknownGuild,
  unknownMember,
  unknownMessage,
  unknownRole,
} from './errors.ts';

/* What the bot may reach, with Discord's refusals. */

export interface GuildAccess {
  guild: GuildRecord;
  /** The bot's own membership. */
  bot: MemberRecord;
}

/** A guild that the bot is in; any other is unknown to it (10004). */
export function reachGuild(world: World, guildId: string): GuildAccess {
  const guild = world.guilds.get(guildId);
  const bot = guild && botMember(world, guild);
  if (!guild || !bot) throw unknownGuild();
  return { guild, bot };
}

/** A channel that the bot can view: else 10003 for none at all, 50001 for a hidden one. */
export function reachChannel(world: World, channelId: string): ChannelRecord {
  const channel = world.channels.get(channelId);
  if (!channel) throw unknownChannel();
  if (!botCanView(world, channel)) throw missingAccess();
  return channel;
}

/** A visible channel or thread of a guild (50024 for a direct channel) in which the bot holds `wanted` (50013). */
export function managePlace(world: World, channelId: string, wanted: bigint): GuildPlaceRecord {
  const channel = reachChannel(world, channelId);
  if (channel.guildId === null) throw notForThisChannelType();
  demandInChannel(world, channel, wanted);
  return channel;
}

/** The same of a channel alone: 50024 for a thread too. */
export function manageChannel(world: World, channelId: string, wanted: bigint): GuildChannelRecord {
  const channel = managePlace(world, channelId, wanted);
  if (isThread(channel)) throw notForThisChannelType();
  return channel;
}

/** A visible thread, else 50024. */
export function reachThread(world: World, channelId: string): ThreadRecord {
  const channel = reachChannel(world, channelId);
  if (!isThread(channel)) throw notForThisChannelType();
  return channel;
}

/** Refuses what cannot be done in an archived thread (50083). */
export function demandActive(channel: ChannelRecord): void {
  if (isThread(channel) && channel.archived) throw archivedThread();
}

/** Refuses what takes "manage threads" in a locked thread (160005). */
export function demandUnlocked(world: World, channel: ChannelRecord): void {
  if (!isThread(channel) || !channel.locked) return;
  if (!(botPermissions(world, channel) & PermissionFlagsBits.ManageThreads)) throw lockedThread();
}

export function botPermissions(world: World, channel: GuildPlaceRecord): bigint {
  const guild = world.guilds.get(channel.guildId);
  const bot = guild && botMember(world, guild);
  return guild && bot ? channelPermissions(guild, bot, channel, world.clock.now()) : 0n;
}

export function demandInChannel(world: World, channel: ChannelRecord, wanted: bigint): void {
  if (channel.guildId === null) return;
  if (!hasPermissions(botPermissions(world, channel), wanted)) throw missingPermissions();
}

export function demandInGuild(world: World, { guild, bot }: GuildAccess, wanted: bigint): void {
  if (!hasPermissions(guildPermissions(guild, bot, world.clock.now()), wanted)) throw missingPermissions();
}

export function findMember(guild: GuildRecord, userId: string): MemberRecord {
  const member = guild.members.get(userId);
  if (!member) throw unknownMember();
  return member;
}

export function findRole(guild: GuildRecord, roleId: string): RoleRecord {
  const role = guild.roles.get(roleId);
  if (!role) throw unknownRole();
  return role;
}

/** A message of the channel's history; ephemeral ones are not part of it. */
export function findMessage(channel: ChannelRecord, messageId: string): MessageRecord {
  const message = channel.messages.get(messageId);
  if (!message || message.ephemeralTo) throw unknownMessage();
  return message;
}
