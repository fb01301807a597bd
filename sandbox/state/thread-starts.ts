import { ChannelType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { threadTypesIn } from './channel-types.ts';
import type { MessageDraft } from './messages.ts';
import { announceMessage, createMessage } from './messages.ts';
import type { MessageRecord } from './records.ts';
import type { GuildChannelRecord, ThreadRecord, ThreadType } from './channel-records.ts';
import type { NewThread } from './threads.ts';
import { createThread } from './threads.ts';
import type { World } from './world.ts';

/** Starts the thread of a message. The channel tells of it when other messages came in between. */
export function startFromMessage(
  world: World,
  channel: GuildChannelRecord,
  message: MessageRecord,
  input: NewThread,
): ThreadRecord {
  const isNewest = channel.lastMessageId === message.id;
  const [type = ChannelType.PublicThread] = threadTypesIn(channel);
  const thread = createThread(world, channel, type, message.id, input);
  message.flags |= MessageFlags.HasThread;
  message.revision += 1;
  announceMessage(world, channel, message);
  if (!isNewest) tellChannel(world, thread);
  createMessage(world, thread, {
    authorId: message.authorId,
    type: MessageType.ThreadStarterMessage,
    repliesTo: { channelId: channel.id, messageId: message.id },
  });
  return thread;
}

/** Starts a thread that no message stands for. The channel tells of it unless it is private. */
export function startAlone(
  world: World,
  channel: GuildChannelRecord,
  type: ThreadType,
  input: NewThread,
): ThreadRecord {
  const thread = createThread(world, channel, type, world.snowflakes.next(), input);
  if (type !== ChannelType.PrivateThread) tellChannel(world, thread);
  return thread;
}

/** Posts in a forum: a thread, and its first message under the same id. */
export function startPost(
  world: World,
  forum: GuildChannelRecord,
  id: string,
  input: NewThread,
  content: Omit<MessageDraft, 'id' | 'authorId'>,
): { thread: ThreadRecord; message: MessageRecord } {
  const thread = createThread(world, forum, ChannelType.PublicThread, id, input);
  forum.lastMessageId = id;
  return { thread, message: createMessage(world, thread, { ...content, id, authorId: input.ownerId }) };
}

function tellChannel(world: World, { id, name, ownerId, parent }: ThreadRecord): void {
  createMessage(world, parent, {
    authorId: ownerId,
    type: MessageType.ThreadCreated,
    content: name,
    repliesTo: { channelId: id, messageId: null },
    // A name notifies nobody.
    allowedMentions: { parse: [] },
  });
}
