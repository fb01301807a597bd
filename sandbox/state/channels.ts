import type {
  APIChannel,
  APIDMChannel,
  APIGuildForumTag,
  APIOverwrite,
  APITextChannel,
  APIThreadChannel,
  GatewayChannelCreateDispatchData,
} from 'discord-api-types/v10';
import { ChannelType } from 'discord-api-types/v10';
import { isThread, pinStamp } from './channel-types.ts';
import { NO_FLAGS } from './flags.ts';
import type { GuildRecord } from './records.ts';
import type {
  ChannelRecord,
  DirectChannelRecord,
  GuildChannelRecord,
  GuildChannelType,
  GuildPlaceRecord,
  ForumTagRecord,
  OverwriteRecord,
} from './channel-records.ts';
import { serialiseThread } from './threads.ts';
import { requireUser, serialiseUser } from './users.ts';
import type { World } from './world.ts';
import { channelsOf, dispatch, threadsOf, worldOf } from './world.ts';

/** What Discord takes: channels in a guild, its categories among them, and channels in a category. */
export const MOST_CHANNELS = 500;
export const MOST_IN_CATEGORY = 50;

export interface NewChannel {
  name: string;
  type?: GuildChannelType;
  parentId?: string | null;
  topic?: string | null;
  nsfw?: boolean;
  slowmodeSeconds?: number;
  /** Left out, a channel in a category takes over the category's. */
  overwrites?: OverwriteRecord[];
  tags?: ForumTagRecord[];
}

export function createChannel(world: World, guild: GuildRecord, input: NewChannel): GuildChannelRecord {
  const channel = newChannel(world, guild, input);
  dispatch(world, 'CHANNEL_CREATE', serialiseGuildChannel(channel), { guildId: guild.id });
  return channel;
}

/** A channel that was there before anybody could hear of it. */
export function newChannel(world: World, guild: GuildRecord, input: NewChannel): GuildChannelRecord {
  const parent = input.parentId ? world.channels.get(input.parentId) : undefined;
  const inherited =
    parent && parent.guildId !== null && !isThread(parent) ? [...parent.overwrites.values()] : [];
  const channel: GuildChannelRecord = {
    id: world.snowflakes.next(),
    guildId: guild.id,
    type: input.type ?? ChannelType.GuildText,
    name: input.name,
    position: channelsOf(world, guild.id).length,
    parentId: input.parentId ?? null,
    topic: input.topic ?? null,
    nsfw: input.nsfw ?? false,
    slowmodeSeconds: input.slowmodeSeconds ?? 0,
    overwrites: new Map((input.overwrites ?? inherited).map((overwrite) => [overwrite.id, { ...overwrite }])),
    tags: input.tags ?? [],
    messages: new Map(),
    lastMessageId: null,
    lastPinAt: null,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

export type ChannelChanges = Partial<
  Pick<
    GuildChannelRecord,
    'name' | 'topic' | 'position' | 'parentId' | 'nsfw' | 'slowmodeSeconds' | 'overwrites' | 'tags'
  >
>;

export function updateChannel(world: World, channel: GuildChannelRecord, changes: ChannelChanges): void {
  Object.assign(channel, changes);
  dispatch(world, 'CHANNEL_UPDATE', serialiseGuildChannel(channel), { guildId: channel.guildId });
}

export function setOverwrite(world: World, channel: GuildChannelRecord, overwrite: OverwriteRecord): void {
  updateChannel(world, channel, { overwrites: new Map(channel.overwrites).set(overwrite.id, overwrite) });
}

export function removeOverwrite(world: World, channel: GuildChannelRecord, id: string): void {
  const overwrites = new Map(channel.overwrites);
  overwrites.delete(id);
  updateChannel(world, channel, { overwrites });
}

/** Its threads go with it, without a word of their own. */
export function deleteChannel(world: World, channel: GuildChannelRecord): void {
  world.channels.delete(channel.id);
  for (const child of channelsOf(world, channel.guildId)) {
    if (child.parentId === channel.id) updateChannel(world, child, { parentId: null });
  }
  for (const thread of threadsOf(world, channel.guildId)) {
    if (thread.parent === channel) world.channels.delete(thread.id);
  }
  dispatch(world, 'CHANNEL_DELETE', serialiseGuildChannel(channel), { guildId: channel.guildId });
}

/** The channels of a category. */
export function channelsIn(world: World, { id, guildId }: GuildChannelRecord): GuildChannelRecord[] {
  return channelsOf(world, guildId).filter(({ parentId }) => parentId === id);
}

/** The direct channel between the bot whose view this is and a person; there is one at most. */
export function openDirectChannel(world: World, recipientId: string): DirectChannelRecord {
  const { botId } = world.application;
  for (const channel of world.channels.values()) {
    if (channel.guildId === null && channel.recipientId === recipientId && channel.botId === botId)
      return channel;
  }
  const channel: DirectChannelRecord = {
    id: world.snowflakes.next(),
    type: ChannelType.DM,
    guildId: null,
    botId,
    recipientId,
    messages: new Map(),
    lastMessageId: null,
    lastPinAt: null,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

/** The direct channels between a person and each of the bots. */
export function directChannelsOf(world: World, recipientId: string): DirectChannelRecord[] {
  return [...world.applications.keys()].map((id) => openDirectChannel(worldOf(world, id), recipientId));
}

export function serialiseOverwrite(overwrite: OverwriteRecord): APIOverwrite {
  return {
    id: overwrite.id,
    type: overwrite.type,
    allow: overwrite.allow.toString(),
    deny: overwrite.deny.toString(),
  };
}

export function serialiseGuildChannel(channel: GuildChannelRecord): GatewayChannelCreateDispatchData {
  const common = {
    id: channel.id,
    guild_id: channel.guildId,
    name: channel.name,
    position: channel.position,
    parent_id: channel.parentId,
    permission_overwrites: [...channel.overwrites.values()].map(serialiseOverwrite),
    nsfw: channel.nsfw,
    flags: NO_FLAGS,
  } satisfies Partial<APITextChannel>;
  const textual = {
    topic: channel.topic,
    rate_limit_per_user: channel.slowmodeSeconds,
    last_message_id: channel.lastMessageId,
    ...pinStamp(channel),
  } satisfies Partial<APITextChannel>;
  // The union of the kinds of channel is told apart by `type`, which is a union here itself.
  return {
    ...common,
    ...(channel.type === ChannelType.GuildCategory ? {} : textual),
    ...(channel.type === ChannelType.GuildForum ? { available_tags: channel.tags.map(serialiseTag) } : {}),
    type: channel.type,
  } as unknown as GatewayChannelCreateDispatchData;
}

export function serialiseDirectChannel(world: World, channel: DirectChannelRecord): APIDMChannel {
  return {
    id: channel.id,
    type: ChannelType.DM,
    flags: NO_FLAGS,
    last_message_id: channel.lastMessageId,
    ...pinStamp(channel),
    recipients: [serialiseUser(requireUser(world, channel.recipientId))],
    // Discord leaves the name of a direct channel out; the type asks for it.
  } satisfies Omit<APIDMChannel, 'name'> as unknown as APIDMChannel;
}

export function serialiseChannel(world: World, channel: ChannelRecord): APIChannel {
  return channel.guildId === null ? serialiseDirectChannel(world, channel) : serialisePlace(world, channel);
}

export function serialisePlace(
  world: World,
  channel: GuildPlaceRecord,
): GatewayChannelCreateDispatchData | APIThreadChannel {
  return isThread(channel) ? serialiseThread(world, channel) : serialiseGuildChannel(channel);
}

function serialiseTag({ id, name, moderated, emoji }: ForumTagRecord): APIGuildForumTag {
  return { id, name, moderated, emoji_id: emoji.id, emoji_name: emoji.name };
}
