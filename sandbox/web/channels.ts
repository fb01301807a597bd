import { ChannelType, OverwriteType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { channelPermissions, hasPermissions } from '../permissions.ts';
import { isMessageChannel } from '../people/eyes.ts';
import { isThread, permissionToWrite } from '../state/channel-types.ts';
import type { GuildRecord } from '../state/records.ts';
import type { GuildChannelRecord, GuildPlaceRecord } from '../state/channel-records.ts';
import type { World } from '../state/world.ts';
import { placesOf } from '../state/world.ts';
import type { PageChannel } from './protocol.ts';

/** The channels that a member sees, in the order of the list, then threads: the active ones, and `openId` in any case. */
export function channelsSeenBy(
  world: World,
  guild: GuildRecord,
  userId: string,
  openId?: string,
): PageChannel[] {
  const member = guild.members.get(userId);
  if (member === undefined) return [];
  return placesOf(world, guild.id).flatMap((channel) => {
    if (isThread(channel) && channel.archived && channel.id !== openId) return [];
    const held = channelPermissions(guild, member, channel, world.clock.now());
    return hasPermissions(held, P.ViewChannel) ? toPageChannel(guild, channel, held) : [];
  });
}

function toPageChannel(guild: GuildRecord, channel: GuildPlaceRecord, held: bigint): PageChannel {
  const { id, name, type, lastMessageId } = channel;
  const mayWrite = hasPermissions(held, permissionToWrite(channel));
  if (isThread(channel)) {
    return {
      id,
      name,
      type,
      parentId: channel.parent.id,
      topic: null,
      canWrite: mayWrite && (!channel.locked || hasPermissions(held, P.ManageThreads)),
      isPrivate: type === ChannelType.PrivateThread,
      lastMessageId,
    };
  }
  return {
    id,
    name,
    type,
    parentId: channel.parentId,
    topic: channel.topic,
    canWrite: mayWrite && isMessageChannel(channel),
    isPrivate: isHiddenFromEveryone(guild, channel),
    // What is new in a forum is new in its posts.
    lastMessageId: type === ChannelType.GuildForum ? null : lastMessageId,
  };
}

function isHiddenFromEveryone(guild: GuildRecord, channel: GuildChannelRecord): boolean {
  const everyone = channel.overwrites.get(guild.id);
  return (
    everyone !== undefined && everyone.type === OverwriteType.Role && (everyone.deny & P.ViewChannel) !== 0n
  );
}
