import type { APIMessage } from 'discord-api-types/v10';
import { ChannelType, GatewayIntentBits, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { isGranted } from '../gateway/intents.ts';
import { isReadableWithoutIntent, serialiseMessage, withoutContent } from '../state/message-payloads.ts';
import type { MessageRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import { compareSnowflakes } from '../state/snowflakes.ts';
import type { World } from '../state/world.ts';
import { botPermissions, reachChannel } from './access.ts';
import { notInText } from './errors.ts';

/* How the bot reads what is written in a channel. */

const DEFAULT_PAGE = 50;

/** A visible channel that can hold messages (50008). */
export function reachTextChannel(world: World, channelId: string): ChannelRecord {
  const channel = reachChannel(world, channelId);
  if (channel.type === ChannelType.GuildCategory || channel.type === ChannelType.GuildForum)
    throw notInText();
  return channel;
}

export function mayReadHistory(world: World, channel: ChannelRecord): boolean {
  return channel.guildId === null || (botPermissions(world, channel) & P.ReadMessageHistory) !== 0n;
}

/** Newest first, as Discord gives them, whichever way the page was chosen. */
export function page(channel: ChannelRecord, query: URLSearchParams): MessageRecord[] {
  const limit = Number(query.get('limit') ?? DEFAULT_PAGE);
  const history = [...channel.messages.values()].filter((message) => !message.ephemeralTo);
  history.sort((a, b) => compareSnowflakes(b.id, a.id));
  const before = query.get('before');
  const after = query.get('after');
  const around = query.get('around');
  if (around !== null) {
    const newer = history.filter((message) => compareSnowflakes(message.id, around) > 0);
    const rest = history.slice(newer.length);
    const half = Math.floor(limit / 2);
    return [...newer.slice(Math.max(0, newer.length - half)), ...rest.slice(0, limit - half)];
  }
  if (before !== null)
    return history.filter((message) => compareSnowflakes(message.id, before) < 0).slice(0, limit);
  if (after !== null) {
    const newer = history.filter((message) => compareSnowflakes(message.id, after) > 0);
    return newer.slice(Math.max(0, newer.length - limit));
  }
  return history.slice(0, limit);
}

/** Without the message content intent switched on for the application, REST hides contents as well. */
export function shownToBot(world: World, channel: ChannelRecord, message: MessageRecord): APIMessage {
  const payload = serialiseMessage(world, channel, message);
  if (isGranted(GatewayIntentBits.MessageContent, world.application.flags)) {
    return payload;
  }
  return isReadableWithoutIntent(world, payload, channel.guildId !== null)
    ? payload
    : withoutContent(payload);
}
