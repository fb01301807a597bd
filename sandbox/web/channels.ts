import { OverwriteType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { channelPermissions, hasPermissions } from '../permissions.ts';
import type { GuildChannelRecord, GuildRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { channelsOf } from '../state/world.ts';
import type { PageChannel } from './protocol.ts';

/** The channels that a member sees, in the order of the list. */
export function channelsSeenBy(world: World, guild: GuildRecord, userId: string): PageChannel[] {
  const member = guild.members.get(userId);
  if (member === undefined) return [];
  return channelsOf(world, guild.id).flatMap((channel) => {
    const held = channelPermissions(guild, member, channel, world.clock.now());
    if (!hasPermissions(held, P.ViewChannel)) return [];
    return {
      id: channel.id,
      name: channel.name,
      type: channel.type,
      parentId: channel.parentId,
      topic: channel.topic,
      canWrite: hasPermissions(held, P.SendMessages),
      isPrivate: isHiddenFromEveryone(guild, channel),
      lastMessageId: channel.lastMessageId,
    };
  });
}

function isHiddenFromEveryone(guild: GuildRecord, channel: GuildChannelRecord): boolean {
  const everyone = channel.overwrites.get(guild.id);
  return (
    everyone !== undefined && everyone.type === OverwriteType.Role && (everyone.deny & P.ViewChannel) !== 0n
  );
}
