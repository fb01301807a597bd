import {
  ChannelType,
  DiscordAPIError,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  type GuildTextBasedChannel,
  type PermissionsBitField,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import type { SentenceKey } from '#lib/i18n/translate';

/** Longest link to a message, with what people put around it. */
export const LINK_MAX = 150;

const MESSAGE_LINK =
  /^<?https:\/\/(?:(?:ptb|canary)\.)?discord(?:app)?\.com\/channels\/(@me|\d{15,22})\/(\d{15,22})\/(\d{15,22})\/?>?$/;

/** A message by its place in a guild. */
export interface MessagePlace {
  readonly channelId: string;
  readonly messageId: string;
}

/** The address of a message. */
export function messageLink(guildId: string, { channelId, messageId }: MessagePlace): string {
  return `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
}

/** Where a link to a message leads; null when it is none. Of a direct message the guild is `@me`. */
export function readMessageLink(text: string): (MessagePlace & { readonly guildId: string }) | null {
  const [, guildId, channelId, messageId] = MESSAGE_LINK.exec(text.trim()) ?? [];
  if (guildId === undefined || channelId === undefined || messageId === undefined) return null;
  return { guildId, channelId, messageId };
}

const READING = {
  ViewChannel: 'common:permissions.ViewChannel',
  ReadMessageHistory: 'common:permissions.ReadMessageHistory',
} as const;

/**
 * The message of this guild that a link leads to, which the member may read, and the bot too.
 * @throws UserError that says which of these does not hold.
 */
export async function requireLinkedMessage(
  guild: Guild,
  member: GuildMember,
  text: string,
): Promise<MessagePlace> {
  const link = readMessageLink(text);
  if (link === null) throw new UserError('reminders:link.unreadable');
  const { guildId, channelId, messageId } = link;
  if (guildId !== guild.id) throw new UserError('reminders:link.otherServer');
  const channel = await findTextChannel(guild, channelId);
  const mention = `<#${channel.id}>`;
  // Not even its name is for who does not see it.
  if (!(await seesChannel(channel, member))) throw new UserError('reminders:link.gone');
  const own = missing(channel.permissionsFor(member));
  if (own.length > 0) throw new UserError('reminders:link.member', { channel: mention, permissions: own });
  const me = guild.members.me;
  const ours = missing(me === null ? null : channel.permissionsFor(me));
  if (ours.length > 0) throw new UserError('reminders:link.bot', { channel: mention, permissions: ours });
  await requireMessage(channel, messageId);
  return { channelId, messageId };
}

async function findTextChannel(guild: Guild, id: string): Promise<GuildTextBasedChannel> {
  const channel = guild.channels.cache.get(id) ?? (await fetchChannel(guild, id));
  if (channel?.isTextBased() !== true) throw new UserError('reminders:link.gone');
  return channel;
}

/** An archived thread is known to Discord alone. */
async function fetchChannel(guild: Guild, id: string): Promise<GuildBasedChannel | null> {
  try {
    return await guild.channels.fetch(id, { cache: false });
  } catch (error) {
    const isRefused =
      error instanceof DiscordAPIError &&
      (error.code === RESTJSONErrorCodes.UnknownChannel || error.code === RESTJSONErrorCodes.MissingAccess);
    if (isRefused || isOfAnotherGuild(error)) return null;
    throw error;
  }
}

function isOfAnotherGuild(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'GuildChannelUnowned';
}

/** Whether a member sees a channel at all; a private thread is seen by its members and who manages threads. */
export async function seesChannel(channel: GuildTextBasedChannel, member: GuildMember): Promise<boolean> {
  const permissions = channel.permissionsFor(member);
  if (!permissions.has(PermissionFlagsBits.ViewChannel)) return false;
  if (channel.type !== ChannelType.PrivateThread || permissions.has(PermissionFlagsBits.ManageThreads))
    return true;
  return channel.members.fetch(member.id).then(
    () => true,
    (error: unknown) => {
      if (error instanceof DiscordAPIError && error.status < 500) return false;
      throw error;
    },
  );
}

function missing(held: Readonly<PermissionsBitField> | null): SentenceKey[] {
  return (['ViewChannel', 'ReadMessageHistory'] as const)
    .filter((permission) => held?.has(PermissionFlagsBits[permission]) !== true)
    .map((permission) => READING[permission]);
}

async function requireMessage(channel: GuildTextBasedChannel, id: string): Promise<void> {
  try {
    await channel.messages.fetch({ message: id, cache: false });
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage)
      throw new UserError('reminders:link.gone');
    throw error;
  }
}
