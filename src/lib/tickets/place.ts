import {
  ChannelType,
  DiscordAPIError,
  OverwriteType,
  PermissionsBitField,
  REST,
  RESTJSONErrorCodes,
  Routes,
  ThreadAutoArchiveDuration,
  type APIChannel,
  type Guild,
  type GuildTextBasedChannel,
  type OverwriteData,
  type RESTPostAPIChannelThreadsJSONBody,
  type RESTPostAPIGuildChannelJSONBody,
  type TextChannel,
  type PrivateThreadChannel,
} from 'discord.js';
import { perClient } from '#lib/discord/per-client';
import { missingPermissions } from '#lib/discord/usable';
import { definitions, TICKET_CATEGORY_PERMISSIONS, type BotPermission } from '#lib/settings/definitions';
import type { TicketRules } from './categories.ts';
import { channelName, NEUTRAL_NAME, topicMark } from './names.ts';
import type { Ticket } from './ticket.ts';

/** Why a ticket can have no channel, until an admin does something about it. */
export type PlaceTrouble =
  /** No category was ever chosen. */
  | { readonly why: 'unset' }
  | { readonly why: 'gone'; readonly channelId: string }
  | {
      readonly why: 'permission';
      readonly channelId: string;
      readonly permissions: readonly BotPermission[];
    }
  | { readonly why: 'full' };

export type Place =
  | { readonly channel: GuildTextBasedChannel; readonly isThread: boolean }
  | { readonly trouble: PlaceTrouble };

/** Discord's names for a category without room, in the errors of a refused form. */
const FULL_PARENT = 'CHANNEL_PARENT_MAX_CHANNELS';
/** Discord refused with error 10003 or the like what was there a moment ago. */
const GONE_CODES = new Set<number | string>([RESTJSONErrorCodes.UnknownChannel]);
const PERMISSION_CODES = new Set<number | string>([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
]);
/** Private threads archive themselves after a week without a message, the longest Discord knows. */
const ARCHIVE_AFTER = ThreadAutoArchiveDuration.OneWeek;

/**
 * Makes a ticket's channel in the first category that has room, else a private thread. Discord is believed when it says that a category is
 * full, at whatever number of channels it says so.
 * @throws what Discord answers when it can be tried again.
 */
export async function makePlace(
  guild: Guild,
  ticket: Ticket,
  rules: TicketRules,
  overwrites: readonly OverwriteData[],
): Promise<Place> {
  let trouble: PlaceTrouble = { why: 'unset' };
  for (const parentId of rules.parentIds) {
    const made = await inCategory(guild, ticket, parentId, overwrites);
    if ('channel' in made) return made;
    // The first that can be mended says more than that the second is full.
    if (trouble.why === 'unset' || trouble.why === 'full') trouble = made.trouble;
  }
  if (rules.threadChannelId === null) return { trouble };
  const made = await asThread(guild, ticket, rules.threadChannelId);
  return 'channel' in made ? made : { trouble: trouble.why === 'unset' ? made.trouble : trouble };
}

async function inCategory(
  guild: Guild,
  ticket: Ticket,
  parentId: string,
  overwrites: readonly OverwriteData[],
): Promise<Place> {
  const parent = guild.channels.cache.get(parentId);
  if (parent?.type !== ChannelType.GuildCategory) return { trouble: { why: 'gone', channelId: parentId } };
  const missing = missingPermissions(parent, TICKET_CATEGORY_PERMISSIONS);
  if (missing.length > 0)
    return { trouble: { why: 'permission', channelId: parentId, permissions: missing } };
  const create = (name: string): Promise<TextChannel> =>
    createOnce(guild, Routes.guildChannels(guild.id), ticket, {
      name,
      type: ChannelType.GuildText,
      parent_id: parentId,
      topic: `${topicMark(ticket.id)} <@${ticket.userId}>`,
      permission_overwrites: overwrites.map(({ id, type, allow, deny }) => ({
        id: id as string,
        type: type ?? OverwriteType.Role,
        allow: PermissionsBitField.resolve(allow ?? 0n).toString(),
        deny: PermissionsBitField.resolve(deny ?? 0n).toString(),
      })),
    } satisfies RESTPostAPIGuildChannelJSONBody);
  try {
    return { channel: await create(channelName(ticket)), isThread: false };
  } catch (error) {
    if (namesField(error, 'name')) return { channel: await create(NEUTRAL_NAME), isThread: false };
    return { trouble: troubleOf(error, parentId) };
  }
}

async function asThread(guild: Guild, ticket: Ticket, channelId: string): Promise<Place> {
  const channel = guild.channels.cache.get(channelId);
  if (channel?.type !== ChannelType.GuildText) return { trouble: { why: 'gone', channelId } };
  const missing = missingPermissions(channel, definitions['ticketbot.thread_channel_id'].botPermissions);
  if (missing.length > 0) return { trouble: { why: 'permission', channelId, permissions: missing } };
  try {
    const thread = await createOnce<PrivateThreadChannel>(guild, Routes.threads(channel.id), ticket, {
      name: channelName(ticket),
      type: ChannelType.PrivateThread,
      invitable: false,
      auto_archive_duration: ARCHIVE_AFTER,
    } satisfies RESTPostAPIChannelThreadsJSONBody);
    return { channel: thread, isThread: true };
  } catch (error) {
    return { trouble: troubleOf(error, channelId) };
  }
}

/** One for each client, for it keeps Discord's limits for what it sends. */
const onceOf = perClient((client) => {
  const once = new REST({ ...client.rest.options, retries: 0 }).setToken(client.token);
  once.clearHashSweeper();
  once.clearHandlerSweeper();
  return once;
});

/**
 * Asks Discord for a channel a single time. When an answer is lost discord.js asks again by itself, and there would be a second channel;
 * the next attempt looks for the first one instead.
 */
async function createOnce<Made extends TextChannel | PrivateThreadChannel>(
  guild: Guild,
  route: `/${string}`,
  ticket: Ticket,
  body: unknown,
): Promise<Made> {
  const reason = `Ticket ${ticket.id}`;
  const once = onceOf(guild.client);
  once.options.timeout = guild.client.rest.options.timeout;
  const { id } = (await once.post(route, { body, reason })) as APIChannel;
  const channel = guild.channels.cache.get(id) ?? (await guild.client.channels.fetch(id));
  return channel as Made;
}

/** What an admin must mend. @throws the error when it is not of that kind. */
function troubleOf(error: unknown, channelId: string): PlaceTrouble {
  if (!(error instanceof DiscordAPIError)) throw error;
  const isFull =
    error.code === RESTJSONErrorCodes.MaximumNumberOfGuildChannelsReached ||
    error.code === RESTJSONErrorCodes.MaximumActiveThreads ||
    JSON.stringify(error.rawError).includes(FULL_PARENT);
  if (isFull) return { why: 'full' };
  if (GONE_CODES.has(error.code) || namesField(error, 'parent_id')) return { why: 'gone', channelId };
  if (PERMISSION_CODES.has(error.code)) return { why: 'permission', channelId, permissions: [] };
  throw error;
}

/** Whether Discord refused a form because of one of its fields. */
function namesField(error: unknown, field: string): boolean {
  if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.InvalidFormBodyOrContentType)
    return false;
  return 'errors' in error.rawError && Object.hasOwn(error.rawError.errors as object, field);
}

/**
 * The channel that was made for a ticket by a process that died before it could write so; null when there is none.
 * It asks Discord, for what is remembered here may be older.
 */
export async function findLostPlace(guild: Guild, ticket: Ticket): Promise<Place | null> {
  const channels = await guild.channels.fetch();
  const mark = topicMark(ticket.id);
  const channel = channels.find(
    (one) => one?.type === ChannelType.GuildText && one.topic?.startsWith(mark) === true,
  );
  if (channel?.type === ChannelType.GuildText) return { channel, isThread: false };
  const { threads } = await guild.channels.fetchActiveThreads();
  const name = channelName(ticket);
  const thread = threads.find((one) => one.name === name && one.ownerId === guild.client.user.id);
  return thread === undefined ? null : { channel: thread, isThread: true };
}
