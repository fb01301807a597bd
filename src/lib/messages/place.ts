import {
  ChannelType,
  PermissionFlagsBits,
  type GuildBasedChannel,
  type GuildMember,
  type GuildTextBasedChannel,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { missingPermissions, permissionNames } from '#lib/discord/usable';
import { seesChannel } from '#lib/reminders/message-link';
import type { BotPermission } from '#lib/settings/definitions';

/** Where the bot can write for somebody. A forum holds posts, not messages. */
export const WRITABLE_TYPES = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
] as const;

/**
 * A channel in which both a member and the bot may write.
 * @param more what both need besides.
 * @throws UserError that says what is missing, and of whom.
 */
export async function requireWritable(
  member: GuildMember,
  channel: GuildBasedChannel | null,
  more: readonly BotPermission[] = [],
): Promise<GuildTextBasedChannel> {
  // Not even its name is for who does not see it.
  if (channel?.isTextBased() !== true || !(await seesChannel(channel, member)))
    throw new UserError('messages:place.gone');
  const mention = `<#${channel.id}>`;
  const needed: readonly BotPermission[] = [
    'ViewChannel',
    channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages',
    ...more,
  ];
  const held = channel.permissionsFor(member);
  const own = needed.filter((name) => !held.has(PermissionFlagsBits[name]));
  if (own.length > 0)
    throw new UserError('messages:place.member', { channel: mention, permissions: permissionNames(own) });
  const ours = missingPermissions(channel, needed);
  if (ours.length > 0)
    throw new UserError('messages:place.bot', { channel: mention, permissions: permissionNames(ours) });
  if (channel.isThread() && channel.locked === true)
    throw new UserError('messages:place.locked', { channel: mention });
  return channel;
}
