import {
  ChannelType,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  RESTJSONErrorCodes,
  type Client,
  type DMChannel,
  type Guild,
  type GuildTextBasedChannel,
} from 'discord.js';
import { missingPermissions } from '#lib/discord/usable';
import type { BotPermission } from '#lib/settings/definitions';
import type { Reminder } from './queries.ts';
import type { ParkReason } from './send-result.ts';

/** What names the place that a reminder goes to. */
export type Addressee = Pick<Reminder, 'guildId' | 'channelId' | 'recipientId'>;

/** What a message with an embed needs in a channel; a thread has a permission of its own for writing. */
export function deliveryPermissions(channel: { readonly type: ChannelType }): readonly BotPermission[] {
  return ['ViewChannel', isThreadType(channel.type) ? 'SendMessagesInThreads' : 'SendMessages', 'EmbedLinks'];
}

function isThreadType(type: ChannelType): boolean {
  return (
    type === ChannelType.PublicThread ||
    type === ChannelType.PrivateThread ||
    type === ChannelType.AnnouncementThread
  );
}

/** The channel or thread of a guild that a reminder can be written in, as far as the bot has it at hand. */
export function targetOf(guild: Guild, channelId: string): GuildTextBasedChannel | null {
  const channel = guild.channels.cache.get(channelId);
  return channel?.isTextBased() === true ? channel : null;
}

/**
 * Makes sure that the place of a reminder is at hand: a thread that was archived before the bot started, and the direct channel
 * of a member, are known to it only when it asks for them.
 * @param turn awaited before a request.
 * @returns a member's direct channel; null for a place in a guild.
 * @throws DiscordAPIError when Discord does not let the bot write to this member.
 */
export async function reachDestination(
  client: Client,
  { guildId, channelId, recipientId }: Addressee,
  turn: () => Promise<void> = () => Promise.resolve(),
): Promise<DMChannel | null> {
  if (recipientId !== null) {
    const known = client.users.cache.get(recipientId)?.dmChannel;
    if (known !== null && known !== undefined) return known;
    await turn();
    return client.users.createDM(recipientId);
  }
  const guild = client.guilds.cache.get(guildId);
  if (guild === undefined || !guild.available || guild.channels.cache.has(channelId)) return null;
  await turn();
  await guild.channels.fetch(channelId).catch((error: unknown) => {
    if (!isOutOfReach(error) && !isElsewhere(error)) throw error;
  });
  return null;
}

/** What keeps a reminder from its place, as far as the bot knows; null when nothing does. Of people it knows nothing. */
export function obstacleTo(
  client: Client,
  { guildId, channelId, recipientId }: Addressee,
): ParkReason | null {
  if (recipientId !== null) return null;
  const guild = client.guilds.cache.get(guildId);
  if (guild === undefined) return { kind: 'left-guild' };
  const channel = targetOf(guild, channelId);
  if (channel === null) return { kind: 'no-channel' };
  const missing = missingPermissions(channel, deliveryPermissions(channel));
  return missing.length === 0 ? null : { kind: 'permissions', missing };
}

const CLOSED_TO_BOT: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  // "… due to having no mutual guilds"
  50_278,
]);
const NOBODY: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.UnknownUser,
  RESTJSONErrorCodes.InvalidRecipients,
]);

/** Why Discord does not let the bot write to a member; null when it says something else. */
export function refusalOfRecipient(error: unknown): ParkReason | null {
  if (!(error instanceof DiscordAPIError)) return null;
  if (CLOSED_TO_BOT.has(error.code)) return { kind: 'recipient-closed' };
  return NOBODY.has(error.code) ? { kind: 'recipient-unknown' } : null;
}

/** Whether a channel turned out to be one of another guild. */
function isElsewhere(error: unknown): boolean {
  return error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.GuildChannelUnowned;
}

/** Whether Discord says that there is no such channel, or not for the bot. */
export function isOutOfReach(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.UnknownChannel ||
      error.code === RESTJSONErrorCodes.MissingAccess ||
      error.code === RESTJSONErrorCodes.MissingPermissions)
  );
}
