import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { hasPermissions } from '../permissions.ts';
import { permissionsIn } from '../state/interactions.ts';
import type { MessageRecord } from '../state/records.ts';
import type { ChannelRecord, GuildChannelRecord } from '../state/channel-records.ts';
import { compareSnowflakes } from '../state/snowflakes.ts';
import type { World } from '../state/world.ts';
import { ClientRefusal } from './client-refusal.ts';
import type { SeenMessage } from './seen-message.ts';

/** What a user can read in these channels, oldest first: the history they may read, and what is for their eyes only. */
export function visibleMessages(
  world: World,
  channels: readonly ChannelRecord[],
  userId: string,
): MessageRecord[] {
  return channels
    .flatMap((channel) => {
      const readsHistory = mayReadHistory(world, channel, userId);
      return [...channel.messages.values()].filter(({ ephemeralTo }) =>
        ephemeralTo === null ? readsHistory : ephemeralTo === userId,
      );
    })
    .sort((a, b) => compareSnowflakes(a.id, b.id));
}

/** The one of these messages that is meant. @throws ClientRefusal when it is not among them. */
export function only(messages: readonly MessageRecord[], id: string | undefined): MessageRecord[] {
  const found = messages.filter((message) => message.id === id);
  if (found.length === 0) throw new ClientRefusal('That message is not to be seen.');
  return found;
}

function mayReadHistory(world: World, channel: ChannelRecord, userId: string): boolean {
  if (channel.guildId === null) return channel.recipientId === userId;
  const guild = world.guilds.get(channel.guildId);
  if (!guild) return false;
  return hasPermissions(permissionsIn(world, guild, channel, userId), P.ViewChannel | P.ReadMessageHistory);
}

/** Whether messages can be written in a channel of this type. */
export function isMessageChannel({ type }: GuildChannelRecord): boolean {
  return (
    type === ChannelType.GuildText ||
    type === ChannelType.GuildAnnouncement ||
    type === ChannelType.GuildVoice
  );
}

/** A message that is waited for: by a part of its text, a pattern of it, or anything about it. */
export type WantedMessage = RegExp | string | ((message: SeenMessage) => boolean);

export function fits(message: SeenMessage, wanted: WantedMessage): boolean {
  if (typeof wanted === 'function') return wanted(message);
  return typeof wanted === 'string' ? message.text.includes(wanted) : wanted.test(message.text);
}

/** What somebody saw, for a failed expectation. */
export function describeSeen(messages: readonly SeenMessage[]): string {
  if (messages.length === 0) return '(nothing)';
  return messages
    .map(({ author, ephemeral, text }) => `${author}${ephemeral ? ' (only to them)' : ''}: ${text}`)
    .join('\n');
}
