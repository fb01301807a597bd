import type {
  RESTPatchAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { ChannelType, GatewayIntentBits, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { APIMessage } from 'discord-api-types/v10';
import { isGranted } from '../../gateway/intents.ts';
import { isReadableWithoutIntent, serialiseMessage, withoutContent } from '../../state/message-payloads.ts';
import { createMessage, deleteMessage, editMessage, isEmptyMessage } from '../../state/messages.ts';
import type { ChannelRecord, MessageRecord } from '../../state/records.ts';
import { compareSnowflakes } from '../../state/snowflakes.ts';
import type { World } from '../../state/world.ts';
import { botMember, dispatch } from '../../state/world.ts';
import { serialiseMember } from '../../state/members.ts';
import { botPermissions, demandInChannel, findMessage, reachChannel } from '../access.ts';
import {
  cannotMessageUser,
  DiscordError,
  editOfAnother,
  emptyMessage,
  invalidBody,
  missingPermissions,
  notInDirect,
  notInText,
} from '../errors.ts';
import { attachFiles, changesFrom, contentFrom } from '../message-bodies.ts';
import type { Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';

const DEFAULT_PAGE = 50;

export const messageRoutes: readonly Route[] = [
  route('GET', '/channels/{channel}/messages', ({ world, parameters, query }) => {
    const channel = reachTextChannel(world, parameters.channel);
    if (!mayReadHistory(world, channel)) return ok([]);
    return ok(page(channel, query).map((message) => shownToBot(world, channel, message)));
  }),

  route('GET', '/channels/{channel}/messages/{message}', ({ world, parameters }) => {
    const channel = reachTextChannel(world, parameters.channel);
    demandInChannel(world, channel, P.ReadMessageHistory);
    return ok(shownToBot(world, channel, findMessage(channel, parameters.message)));
  }),

  route('POST', '/channels/{channel}/messages', (request) => {
    const { world } = request;
    const channel = reachTextChannel(world, request.parameters.channel);
    const body = request.body as RESTPostAPIChannelMessageJSONBody;
    checkMaySend(world, channel, body, request.files.length > 0);
    const content = contentFrom(body, attachFiles(request, body));
    if (isEmptyMessage(content)) throw emptyMessage();
    const message = createMessage(world, channel, {
      ...content,
      authorId: world.application.botId,
      repliesTo: findReference(world, channel, body),
    });
    return ok(serialiseMessage(world, channel, message));
  }),

  route(
    'PATCH',
    '/channels/{channel}/messages/{message}',
    (request) => {
      const { world, parameters } = request;
      const channel = reachTextChannel(world, parameters.channel);
      const message = findMessage(channel, parameters.message);
      const body = request.body as RESTPatchAPIChannelMessageJSONBody;
      if (message.authorId !== world.application.botId) {
        // Of another's message only the flags may change, and only for who manages messages.
        if (Object.keys(body).some((key) => key !== 'flags')) throw editOfAnother();
        demandInChannel(world, channel, P.ManageMessages);
      }
      const changes = changesFrom(body, attachFiles(request, body), message.attachments);
      if (isEmptyMessage({ ...message, ...changes })) throw emptyMessage();
      editMessage(world, channel, message, changes);
      return ok(serialiseMessage(world, channel, message));
    },
    {
      about: ({ world, parameters }) => ({
        messageFlags: world.channels.get(parameters.channel)?.messages.get(parameters.message)?.flags,
      }),
    },
  ),

  route('DELETE', '/channels/{channel}/messages/{message}', ({ world, parameters }) => {
    const channel = reachTextChannel(world, parameters.channel);
    const message = findMessage(channel, parameters.message);
    if (message.authorId !== world.application.botId) {
      if (channel.guildId === null) throw notInDirect();
      demandInChannel(world, channel, P.ManageMessages);
    }
    deleteMessage(world, channel, message);
    return noContent;
  }),

  route('POST', '/channels/{channel}/typing', ({ world, parameters }) => {
    const channel = reachTextChannel(world, parameters.channel);
    demandInChannel(world, channel, P.SendMessages);
    const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId);
    const bot = guild && botMember(world, guild);
    dispatch(
      world,
      'TYPING_START',
      {
        channel_id: channel.id,
        user_id: world.application.botId,
        timestamp: Math.floor(world.clock.now().getTime() / 1000),
        ...(guild && bot ? { guild_id: guild.id, member: serialiseMember(world, bot) } : {}),
      },
      guild ? { guildId: guild.id, channelId: channel.id } : {},
    );
    return noContent;
  }),
];

function reachTextChannel(world: World, channelId: string): ChannelRecord {
  const channel = reachChannel(world, channelId);
  if (channel.type === ChannelType.GuildCategory || channel.type === ChannelType.GuildForum)
    throw notInText();
  return channel;
}

function mayReadHistory(world: World, channel: ChannelRecord): boolean {
  return channel.guildId === null || (botPermissions(world, channel) & P.ReadMessageHistory) !== 0n;
}

function checkMaySend(
  world: World,
  channel: ChannelRecord,
  body: RESTPostAPIChannelMessageJSONBody,
  hasFiles: boolean,
): void {
  if (channel.guildId === null) {
    checkMayMessage(world, channel.recipientId);
    return;
  }
  const held = botPermissions(world, channel);
  const needed =
    P.SendMessages |
    ((body.embeds?.length ?? 0) > 0 ? P.EmbedLinks : 0n) |
    (hasFiles ? P.AttachFiles : 0n) |
    (body.tts ? P.SendTTSMessages : 0n);
  if ((held & needed) !== needed) throw missingPermissions();
}

/** A person can be written to when they allow it and share a guild with the bot. */
function checkMayMessage(world: World, userId: string): void {
  const sharesGuild = [...world.guilds.values()].some(
    (guild) => guild.members.has(userId) && botMember(world, guild),
  );
  if (!sharesGuild) {
    throw new DiscordError(403, 50278, 'Cannot send messages to this user due to having no mutual guilds');
  }
  if (!world.users.get(userId)?.acceptsDirectMessages) throw cannotMessageUser();
}

function findReference(
  world: World,
  channel: ChannelRecord,
  body: RESTPostAPIChannelMessageJSONBody,
): { channelId: string; messageId: string } | null {
  const reference = body.message_reference;
  if (!reference?.message_id) return null;
  const message = channel.messages.get(reference.message_id);
  if (message && !message.ephemeralTo) {
    if (!mayReadHistory(world, channel)) {
      throw new DiscordError(400, 160002, 'Cannot reply without permission to read message history');
    }
    return { channelId: channel.id, messageId: message.id };
  }
  if (reference.fail_if_not_exists === false) return null;
  throw invalidBody('message_reference', 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message');
}

/** Newest first, as Discord gives them, whichever way the page was chosen. */
function page(channel: ChannelRecord, query: URLSearchParams): MessageRecord[] {
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
function shownToBot(world: World, channel: ChannelRecord, message: MessageRecord): APIMessage {
  const payload = serialiseMessage(world, channel, message);
  if (isGranted(GatewayIntentBits.MessageContent, world.application.flags)) {
    return payload;
  }
  return isReadableWithoutIntent(world, payload, channel.guildId !== null)
    ? payload
    : withoutContent(payload);
}
