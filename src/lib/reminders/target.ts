import {
  ChannelType,
  PermissionFlagsBits,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
} from 'discord.js';
import { missingPermissions, permissionNames } from '#lib/discord/usable';
import { UserError } from '#lib/errors/user-error';
import { deliveryPermissions, reachDestination } from './destination.ts';
import type { Reminder } from './queries.ts';

/** Channels that a reminder may go to; the command offers only these. */
export const TARGET_CHANNEL_TYPES = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
] as const;

function isTargetType(channel: GuildBasedChannel): boolean {
  return TARGET_CHANNEL_TYPES.some((type) => type === channel.type);
}

/**
 * The channel or thread a member may send a reminder to: of this guild, where the member may write and the bot can.
 * @throws UserError that says which of these does not hold.
 */
export function requireTarget(guild: Guild, member: GuildMember, channelId: string): GuildBasedChannel {
  const channel = guild.channels.cache.get(channelId);
  if (channel === undefined) throw new UserError('reminders:target.unknown');
  const mention = `<#${channel.id}>`;
  if (!isTargetType(channel)) throw new UserError('reminders:target.type', { channel: mention });
  const own = channel.permissionsFor(member);
  const toWrite = channel.isThread()
    ? PermissionFlagsBits.SendMessagesInThreads
    : PermissionFlagsBits.SendMessages;
  if (!own.has([PermissionFlagsBits.ViewChannel, toWrite]))
    throw new UserError('reminders:target.member', { channel: mention });
  const missing = missingPermissions(channel, deliveryPermissions(channel));
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

/**
 * Lets a reminder go to another channel than before.
 * @throws UserError when this member, the bot or the guild do not allow what it does there.
 */
export function requireNewTarget(
  { mentionEveryone }: Pick<Reminder, 'mentionEveryone'>,
  channelId: string,
  member: GuildMember,
  yes: { readonly host: boolean; readonly guild: boolean },
): void {
  const channel = requireTarget(member.guild, member, channelId);
  if (mentionEveryone) requireEveryoneAllowed(channel, member, yes);
}

/** Where a reminder goes when its maker says what they chose, and what it mentions. */
interface Choice {
  readonly channelId: string | null;
  readonly isPrivate: boolean;
  readonly mentionEveryone: boolean;
}

/**
 * Where a reminder goes: to its maker alone, to the channel that they chose, to the guild's own for reminders, or to where they are.
 * @throws UserError when they, the bot or the guild do not allow that.
 */
export async function chooseAddressee(
  about: {
    readonly guild: Guild;
    readonly member: GuildMember;
    /** The channel in which the command was typed; null: there is none, and one must be named. */
    readonly here: string | null;
    readonly byDefault: string | null;
    readonly everyone: { readonly host: boolean; readonly guild: boolean };
  },
  { channelId, isPrivate, mentionEveryone }: Choice,
): Promise<Pick<Reminder, 'channelId' | 'recipientId' | 'mentionEveryone'>> {
  const { guild, member, here, byDefault, everyone } = about;
  if (isPrivate) {
    if (channelId !== null || mentionEveryone) throw new UserError('reminders:privateAlone');
    // The table wants a channel. What has a recipient never goes there, also where an old guild's first channel has the guild's id.
    return { channelId: here ?? guild.id, recipientId: member.id, mentionEveryone: false };
  }
  if (channelId === null && byDefault !== null && !guild.channels.cache.has(byDefault))
    throw new UserError('reminders:target.defaultGone');
  const target = channelId ?? byDefault ?? here;
  if (target === null) throw new UserError('reminders:target.unknown');
  // An archived thread is not at hand until it is asked for.
  await reachDestination(guild.client, { guildId: guild.id, channelId: target, recipientId: null });
  const channel = requireTarget(guild, member, target);
  if (mentionEveryone) requireEveryoneAllowed(channel, member, everyone);
  return { channelId: target, recipientId: null, mentionEveryone };
}
