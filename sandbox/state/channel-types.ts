import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { ChannelRecord, GuildPlaceRecord, ThreadRecord, ThreadType } from './channel-records.ts';

/* What can be told of a channel by its kind. */

export function isThread(channel: ChannelRecord): channel is ThreadRecord {
  return 'parent' in channel;
}

/** Which kinds of thread there can be in a channel; the first is what a message of it starts, or a post. */
export function threadTypesIn({ type }: ChannelRecord): readonly ThreadType[] {
  switch (type) {
    case ChannelType.GuildText:
      return [ChannelType.PublicThread, ChannelType.PrivateThread];
    case ChannelType.GuildAnnouncement:
      return [ChannelType.AnnouncementThread];
    case ChannelType.GuildForum:
      return [ChannelType.PublicThread];
    default:
      return [];
  }
}

/** What a member needs to write somewhere. In a forum it is for posts. */
export function permissionToWrite(channel: GuildPlaceRecord): bigint {
  return isThread(channel) ? P.SendMessagesInThreads : P.SendMessages;
}

/** What a member needs to start a thread of this kind in a text or announcement channel. */
export function permissionToStart(type: ThreadType): bigint {
  return type === ChannelType.PrivateThread ? P.CreatePrivateThreads : P.CreatePublicThreads;
}

/** Discord leaves the key out as long as nothing is pinned. */
export function pinStamp({ lastPinAt }: ChannelRecord): { last_pin_timestamp?: string } {
  return lastPinAt ? { last_pin_timestamp: lastPinAt.toISOString() } : {};
}
