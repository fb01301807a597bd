import { AuditLogEvent, MessageFlags, MessageType } from 'discord-api-types/v10';
import { auditMessage } from './audit-log.ts';
import { contentScope } from './dispatches.ts';
import { announceMessage, createMessage } from './messages.ts';
import type { MessageRecord } from './records.ts';
import type { ChannelRecord } from './channel-records.ts';
import type { World } from './world.ts';
import { dispatch } from './world.ts';

/** How many messages a channel can have pinned. */
export const MOST_PINS = 250;

const WRITTEN: ReadonlySet<MessageType> = new Set([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
  MessageType.ThreadStarterMessage,
]);

/** Only what somebody wrote can be pinned or published, or have a thread. */
export function isWritten({ type }: MessageRecord): boolean {
  return WRITTEN.has(type);
}

/** A message whose pin is known to be one. */
export type PinnedMessage = MessageRecord & { pinnedAt: Date };

/** What is pinned in a channel, the newest pin first. */
export function pinsOf(channel: ChannelRecord): PinnedMessage[] {
  return [...channel.messages.values()]
    .filter((message): message is PinnedMessage => message.pinnedAt !== null)
    .sort((a, b) => b.pinnedAt.getTime() - a.pinnedAt.getTime());
}

/** Pins a message; the channel tells who did so. Does nothing when it is pinned. */
export function pinMessage(
  world: World,
  channel: ChannelRecord,
  message: MessageRecord,
  userId: string,
): void {
  if (message.pinnedAt !== null) return;
  message.pinnedAt = world.clock.now();
  channel.lastPinAt = message.pinnedAt;
  message.revision += 1;
  announceMessage(world, channel, message);
  announcePins(world, channel);
  createMessage(world, channel, {
    authorId: userId,
    type: MessageType.ChannelPinnedMessage,
    repliesTo: { channelId: channel.id, messageId: message.id },
  });
  auditMessage(world, channel, message, AuditLogEvent.MessagePin);
}

export function unpinMessage(world: World, channel: ChannelRecord, message: MessageRecord): void {
  if (message.pinnedAt === null) return;
  message.pinnedAt = null;
  channel.lastPinAt = pinsOf(channel)[0]?.pinnedAt ?? null;
  message.revision += 1;
  announceMessage(world, channel, message);
  announcePins(world, channel);
  auditMessage(world, channel, message, AuditLogEvent.MessageUnpin);
}

function announcePins(world: World, channel: ChannelRecord): void {
  dispatch(
    world,
    'CHANNEL_PINS_UPDATE',
    {
      channel_id: channel.id,
      last_pin_timestamp: channel.lastPinAt?.toISOString() ?? null,
      ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
    },
    contentScope(channel),
  );
}

/** Publishes a message of an announcement channel to who follows it. */
export function publishMessage(world: World, channel: ChannelRecord, message: MessageRecord): void {
  message.flags |= MessageFlags.Crossposted;
  message.revision += 1;
  announceMessage(world, channel, message);
}
