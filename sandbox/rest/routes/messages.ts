import type {
  RESTPatchAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessagesBulkDeleteJSONBody,
} from 'discord-api-types/v10';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { isThread, permissionToWrite } from '../../state/channel-types.ts';
import { contentScope } from '../../state/dispatches.ts';
import { serialiseMessage } from '../../state/message-payloads.ts';
import {
  createMessage,
  deleteMessage,
  deleteMessages,
  editMessage,
  isEmptyMessage,
} from '../../state/messages.ts';
import type { ChannelRecord } from '../../state/channel-records.ts';
import { timeOf } from '../../state/snowflakes.ts';
import type { World } from '../../state/world.ts';
import { botMember, dispatch } from '../../state/world.ts';
import { serialiseMember } from '../../state/members.ts';
import {
  botPermissions,
  demandActive,
  demandInChannel,
  demandUnlocked,
  findMessage,
  managePlace,
} from '../access.ts';
import {
  cannotMessageUser,
  DiscordError,
  editOfAnother,
  emptyMessage,
  invalidBody,
  missingPermissions,
  notInDirect,
} from '../errors.ts';
import { mayReadHistory, page, reachTextChannel, shownToBot } from '../history.ts';
import { attachFiles, changesFrom, contentFrom } from '../message-bodies.ts';
import type { Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';

/** Older messages can only be deleted one by one. */
const OLDEST_IN_BULK_MS = 14 * 24 * 60 * 60_000;

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
    const content = contentFrom(body, attachFiles(request, body, channel));
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
      demandActive(channel);
      demandUnlocked(world, channel);
      const changes = changesFrom(body, attachFiles(request, body, channel), message.attachments);
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
    if (isThread(channel) && channel.archived) demandUnlocked(world, channel);
    deleteMessage(world, channel, message);
    return noContent;
  }),

  route('POST', '/channels/{channel}/messages/bulk-delete', ({ world, parameters, body }) => {
    const channel = managePlace(world, parameters.channel, P.ManageMessages);
    const { messages: ids } = body as RESTPostAPIChannelMessagesBulkDeleteJSONBody;
    const oldest = world.clock.now().getTime() - OLDEST_IN_BULK_MS;
    if (ids.some((id) => timeOf(id).getTime() < oldest)) {
      throw new DiscordError(400, 50034, 'You can only bulk delete messages that are under 14 days old.');
    }
    if (new Set(ids).size < ids.length) {
      throw invalidBody('messages', 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value');
    }
    deleteMessages(world, channel, ids);
    return noContent;
  }),

  route('POST', '/channels/{channel}/typing', ({ world, parameters }) => {
    const channel = reachTextChannel(world, parameters.channel);
    if (channel.guildId !== null) demandInChannel(world, channel, permissionToWrite(channel));
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
      contentScope(channel),
    );
    return noContent;
  }),
];

/** What a message takes of the bot where it is sent; in a forum, what a post takes. */
export function checkMaySend(
  world: World,
  channel: ChannelRecord,
  body: Pick<RESTPostAPIChannelMessageJSONBody, 'embeds' | 'tts'>,
  hasFiles: boolean,
): void {
  if (channel.guildId === null) {
    checkMayMessage(world, channel.recipientId);
    return;
  }
  const held = botPermissions(world, channel);
  const needed =
    permissionToWrite(channel) |
    ((body.embeds?.length ?? 0) > 0 ? P.EmbedLinks : 0n) |
    (hasFiles ? P.AttachFiles : 0n) |
    (body.tts ? P.SendTTSMessages : 0n);
  if ((held & needed) !== needed) throw missingPermissions();
  demandUnlocked(world, channel);
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
