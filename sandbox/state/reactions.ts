import type { APIReaction } from 'discord-api-types/v10';
import { ReactionType } from 'discord-api-types/v10';
import { contentScope } from './dispatches.ts';
import type { ReactionEmoji } from './emojis.ts';
import { emojiKey, serialiseReactionEmoji } from './emojis.ts';
import { serialiseMember } from './members.ts';
import type { MessageRecord, ReactionRecord } from './records.ts';
import type { ChannelRecord } from './channel-records.ts';
import type { World } from './world.ts';
import { dispatch } from './world.ts';

/** How many different emojis a message can have. */
export const MOST_REACTIONS = 20;

export function findReaction(message: MessageRecord, emoji: ReactionEmoji): ReactionRecord | undefined {
  const key = emojiKey(emoji);
  return message.reactions.find((reaction) => emojiKey(reaction.emoji) === key);
}

/** Does nothing when this user reacted with this emoji before. */
export function addReaction(
  world: World,
  channel: ChannelRecord,
  message: MessageRecord,
  userId: string,
  emoji: ReactionEmoji,
): void {
  let reaction = findReaction(message, emoji);
  if (reaction?.users.has(userId)) return;
  if (!reaction) {
    reaction = { emoji, users: new Set() };
    message.reactions.push(reaction);
  }
  reaction.users.add(userId);
  message.revision += 1;
  const member =
    channel.guildId === null ? undefined : world.guilds.get(channel.guildId)?.members.get(userId);
  dispatch(
    world,
    'MESSAGE_REACTION_ADD',
    {
      ...whereOf(channel, message),
      user_id: userId,
      emoji: serialiseReactionEmoji(reaction.emoji),
      message_author_id: message.authorId,
      burst: false,
      type: ReactionType.Normal,
      ...(member ? { member: serialiseMember(world, member) } : {}),
    },
    contentScope(channel),
  );
}

/** Does nothing when this user did not react with this emoji. */
export function removeReaction(
  world: World,
  channel: ChannelRecord,
  message: MessageRecord,
  userId: string,
  emoji: ReactionEmoji,
): void {
  const reaction = findReaction(message, emoji);
  if (!reaction?.users.delete(userId)) return;
  message.reactions = message.reactions.filter(({ users }) => users.size > 0);
  message.revision += 1;
  dispatch(
    world,
    'MESSAGE_REACTION_REMOVE',
    {
      ...whereOf(channel, message),
      user_id: userId,
      emoji: serialiseReactionEmoji(reaction.emoji),
      burst: false,
      type: ReactionType.Normal,
    },
    contentScope(channel),
  );
}

export function clearReactions(world: World, channel: ChannelRecord, message: MessageRecord): void {
  if (message.reactions.length === 0) return;
  message.reactions = [];
  message.revision += 1;
  dispatch(world, 'MESSAGE_REACTION_REMOVE_ALL', whereOf(channel, message), contentScope(channel));
}

/** Takes away everybody's reactions with one emoji. */
export function clearEmoji(
  world: World,
  channel: ChannelRecord,
  message: MessageRecord,
  emoji: ReactionEmoji,
): void {
  const reaction = findReaction(message, emoji);
  if (!reaction) return;
  message.reactions = message.reactions.filter((other) => other !== reaction);
  message.revision += 1;
  dispatch(
    world,
    'MESSAGE_REACTION_REMOVE_EMOJI',
    { ...whereOf(channel, message), emoji: serialiseReactionEmoji(reaction.emoji) },
    contentScope(channel),
  );
}

function whereOf(channel: ChannelRecord, message: MessageRecord) {
  return {
    channel_id: channel.id,
    message_id: message.id,
    ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
  };
}

/** Undefined when nobody reacted: Discord then leaves the key out. */
export function serialiseReactions(world: World, { reactions }: MessageRecord): APIReaction[] | undefined {
  if (reactions.length === 0) return undefined;
  return reactions.map(({ emoji, users }) => ({
    emoji: serialiseReactionEmoji(emoji),
    count: users.size,
    count_details: { burst: 0, normal: users.size },
    burst_colors: [],
    me: users.has(world.application.botId),
    me_burst: false,
  }));
}
