import {
  ChannelType,
  PermissionFlagsBits,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
} from 'discord.js';
import { missingPermissions, permissionNames } from '#lib/discord/usable';
import { UserError } from '#lib/errors/user-error';
import { DELIVERY_PERMISSIONS } from './send.ts';

/** Channels that a reminder may go to; the command offers only these. */
export const TARGET_CHANNEL_TYPES = [ChannelType.GuildText, ChannelType.GuildAnnouncement] as const;

function isTargetType(channel: GuildBasedChannel): boolean {
  return TARGET_CHANNEL_TYPES.some((type) => type === channel.type);
}

/**
 * The channel a member may send a reminder to: of this guild, where the member may write and the bot can.
 * @throws UserError that says which of these does not hold.
 */
export function requireTarget(guild: Guild, member: GuildMember, channelId: string): GuildBasedChannel {
  const channel = guild.channels.cache.get(channelId);
  if (channel === undefined) throw new UserError('reminders:target.unknown');
  const mention = `<#${channel.id}>`;
  if (!isTargetType(channel)) throw new UserError('reminders:target.type', { channel: mention });
  const own = channel.permissionsFor(member);
  if (!own.has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]))
    throw new UserError('reminders:target.member', { channel: mention });
  const missing = missingPermissions(channel, DELIVERY_PERMISSIONS);
  if (missing.length > 0)
    throw new UserError('reminders:target.bot', { channel: mention, permissions: permissionNames(missing) });
  return channel;
}

/**
 * Checks the three yeses that a mention of everyone needs (the host's, the guild's and the member's own permission), and
 * that the bot can make one.
 * @throws UserError that names the yes that is missing.
 */
export function requireEveryoneAllowed(
  channel: GuildBasedChannel,
  member: GuildMember,
  yes: { readonly host: boolean; readonly guild: boolean },
): void {
  if (!yes.host) throw new UserError('reminders:everyone.host');
  if (!yes.guild) throw new UserError('reminders:everyone.guild');
  const mention = `<#${channel.id}>`;
  if (!channel.permissionsFor(member).has(PermissionFlagsBits.MentionEveryone))
    throw new UserError('reminders:everyone.member', { channel: mention });
  if (missingPermissions(channel, ['MentionEveryone']).length > 0)
    throw new UserError('reminders:everyone.bot', { channel: mention });
}
