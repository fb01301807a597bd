import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { ReactionEmoji } from '../state/emojis.ts';
import { readEmoji } from '../state/emojis.ts';
import { addReaction, findReaction, MOST_REACTIONS, removeReaction } from '../state/reactions.ts';
import type { GuildRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { ClientRefusal } from './client-refusal.ts';
import { demand, demandActive, visibleMessage } from './places.ts';

/** What a member's client sends for a reaction. @throws ClientRefusal when it would not offer that. */
export function react(
  world: World,
  guild: GuildRecord,
  userId: string,
  messageId: string,
  text: string,
): void {
  const emoji = emojiOf(world, guild, text);
  const { channel, message } = visibleMessage(world, guild, userId, messageId);
  demandActive(channel);
  if (message.ephemeralTo !== null) throw new ClientRefusal('A message only for you takes no reactions.');
  if (!findReaction(message, emoji)) {
    const refusal = 'You do not have permission to add reactions in this channel.';
    demand(world, guild, userId, channel, P.AddReactions | P.ReadMessageHistory, refusal);
    if (message.reactions.length >= MOST_REACTIONS) {
      throw new ClientRefusal('This message has as many different reactions as it can have.');
    }
  }
  addReaction(world, channel, message, userId, emoji);
}

/** Takes a member's own reaction back. @throws ClientRefusal when there is none. */
export function unreact(
  world: World,
  guild: GuildRecord,
  userId: string,
  messageId: string,
  text: string,
): void {
  const emoji = emojiOf(world, guild, text);
  const { channel, message } = visibleMessage(world, guild, userId, messageId);
  if (!findReaction(message, emoji)?.users.has(userId)) {
    throw new ClientRefusal(`There is no reaction ${text} of this person.`);
  }
  demandActive(channel);
  removeReaction(world, channel, message, userId, emoji);
}

function emojiOf(world: World, guild: GuildRecord, text: string): ReactionEmoji {
  const name = /^:(\w+):$/.exec(text)?.[1];
  const own = name ? [...guild.emojis.values()].find((emoji) => emoji.name === name) : undefined;
  const emoji = own ? { id: own.id, name: own.name } : readEmoji(world, text);
  if (!emoji) throw new ClientRefusal(`There is no emoji ${text}.`);
  return emoji;
}
