import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { hasPermissions } from '../permissions.ts';
import { isThread, permissionToWrite } from '../state/channel-types.ts';
import { directChannelsOf, openDirectChannel } from '../state/channels.ts';
import { permissionsIn } from '../state/interactions.ts';
import type { GuildRecord, MessageRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import type { World } from '../state/world.ts';
import { channelsOf, placesOf } from '../state/world.ts';
import { ClientRefusal } from './client-refusal.ts';
import { isMessageChannel, visibleMessages } from './eyes.ts';
import type { Reference } from './names.ts';
import { findInGuild } from './names.ts';

/** A channel or a thread by name or record; 'dm' is the direct channel with the bot, of several with the first. */
export type Place = Reference;

export function findPlace(world: World, guild: GuildRecord, userId: string, place: Place): ChannelRecord {
  if (place === 'dm') return openDirectChannel(world, userId);
  const named = typeof place === 'string' ? undefined : world.channels.get(place.id);
  if (named?.guildId === null && named.recipientId === userId) return named;
  return findInGuild(world, guild, place);
}

export function channelById(world: World, channelId: string): ChannelRecord {
  const channel = world.channels.get(channelId);
  if (!channel) throw new ClientRefusal('That channel is gone.');
  return channel;
}

/** Where a person who says nothing else is: the first channel in which they may write. */
export function firstWritable(world: World, guild: GuildRecord, userId: string): ChannelRecord {
  const found = channelsOf(world, guild.id).find(
    (channel) =>
      isMessageChannel(channel) && may(world, guild, userId, channel, P.ViewChannel | P.SendMessages),
  );
  if (!found) throw new ClientRefusal('There is no channel to write in.');
  return found;
}

export function ownMessage(world: World, userId: string, messageId: string): MessageRecord {
  for (const channel of world.channels.values()) {
    const message = channel.messages.get(messageId);
    if (message?.authorId === userId) return message;
  }
  throw new ClientRefusal('That is not a message of this person.');
}

/** A message that this person sees, with its channel. @throws ClientRefusal when there is none. */
export function visibleMessage(
  world: World,
  guild: GuildRecord,
  userId: string,
  messageId: string,
): { channel: ChannelRecord; message: MessageRecord } {
  const channels = [...placesOf(world, guild.id), ...directChannelsOf(world, userId)];
  const message = visibleMessages(world, channels, userId).find(({ id }) => id === messageId);
  if (!message) throw new ClientRefusal('That message is not to be seen.');
  return { message, channel: channelById(world, message.channelId) };
}

/** Throws what the client says where a person cannot write. */
export function demandMayWrite(
  world: World,
  guild: GuildRecord,
  userId: string,
  channel: ChannelRecord,
): void {
  if (channel.guildId === null) return;
  if (!isThread(channel) && !isMessageChannel(channel)) {
    throw new ClientRefusal('There are no messages in this channel.');
  }
  const wanted = P.ViewChannel | permissionToWrite(channel);
  const refusal = 'You do not have permission to send messages in this channel.';
  demand(world, guild, userId, channel, wanted, refusal);
  demandUnlocked(world, guild, userId, channel);
}

export function demandUnlocked(
  world: World,
  guild: GuildRecord,
  userId: string,
  channel: ChannelRecord,
): void {
  if (!isThread(channel) || !channel.locked) return;
  demand(world, guild, userId, channel, P.ManageThreads, 'This thread is locked.');
}

/** Throws what the client says of a thread that has to be opened again first. */
export function demandActive(channel: ChannelRecord): void {
  if (isThread(channel) && channel.archived) throw new ClientRefusal('This thread is archived.');
}

/** Throws `otherwise` when a person lacks the permissions that an act needs. */
export function demand(
  world: World,
  guild: GuildRecord,
  userId: string,
  channel: ChannelRecord,
  wanted: bigint,
  otherwise: string,
): void {
  if (!may(world, guild, userId, channel, wanted)) throw new ClientRefusal(otherwise);
}

export function may(
  world: World,
  guild: GuildRecord,
  userId: string,
  channel: ChannelRecord,
  wanted: bigint,
): boolean {
  return channel.guildId === null || hasPermissions(permissionsIn(world, guild, channel, userId), wanted);
}
