import type {
  APIThreadChannel,
  RESTPostAPIChannelMessagesThreadsJSONBody,
  RESTPostAPIChannelThreadsJSONBody,
  RESTPostAPIGuildForumThreadsJSONBody,
} from 'discord-api-types/v10';
import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { permissionToStart, threadTypesIn } from '../../state/channel-types.ts';
import { botCanView } from '../../state/interactions.ts';
import { serialiseMessage } from '../../state/message-payloads.ts';
import { isWritten } from '../../state/pins.ts';
import type { GuildChannelRecord, ThreadRecord } from '../../state/channel-records.ts';
import { compareSnowflakes } from '../../state/snowflakes.ts';
import { startAlone, startFromMessage, startPost } from '../../state/thread-starts.ts';
import type { NewThread } from '../../state/threads.ts';
import { activeThreads, serialiseThread, serialiseThreadMember, threadFrom } from '../../state/threads.ts';
import type { World } from '../../state/world.ts';
import { threadsOf } from '../../state/world.ts';
import { demandInChannel, findMessage, manageChannel, reachGuild } from '../access.ts';
import { DiscordError, notForThisChannelType, systemMessage } from '../errors.ts';
import { attachFiles, contentFrom } from '../message-bodies.ts';
import type { RestAnswer, RestRequest, Route } from '../router.ts';
import { created, ok, route } from '../router.ts';
import { checkRoom, readTagIds } from '../thread-bodies.ts';
import { checkMaySend } from './messages.ts';

const DEFAULT_PAGE = 50;

export const threadRoutes: readonly Route[] = [
  route('POST', '/channels/{channel}/messages/{message}/threads', ({ world, parameters, body }) => {
    const channel = reachParent(world, parameters.channel);
    if (channel.type === ChannelType.GuildForum) throw notForThisChannelType();
    demandInChannel(world, channel, P.CreatePublicThreads);
    const message = findMessage(channel, parameters.message);
    if (!isWritten(message)) throw systemMessage();
    if (threadFrom(world, message)) {
      throw new DiscordError(400, 160004, 'A thread has already been created for this message');
    }
    checkRoom(world, channel.guildId);
    const input = inputFrom(world, body as RESTPostAPIChannelMessagesThreadsJSONBody);
    return created(serialiseThread(world, startFromMessage(world, channel, message, input)));
  }),

  route(
    'POST',
    '/channels/{channel}/threads',
    (request) => {
      const { world, body } = request;
      const channel = reachParent(world, request.parameters.channel);
      if (channel.type === ChannelType.GuildForum) return created(post(request, channel));
      const sent = body as RESTPostAPIChannelThreadsJSONBody;
      const type = sent.type ?? ChannelType.PrivateThread;
      if (!threadTypesIn(channel).includes(type)) throw notForThisChannelType();
      demandInChannel(world, channel, permissionToStart(type));
      checkRoom(world, channel.guildId);
      return created(serialiseThread(world, startAlone(world, channel, type, inputFrom(world, sent))));
    },
    { about: ({ world, parameters }) => ({ channelType: world.channels.get(parameters.channel)?.type }) },
  ),

  route('GET', '/guilds/{guild}/threads/active', ({ world, parameters }) => {
    const { guild } = reachGuild(world, parameters.guild);
    const active = activeThreads(world, guild.id).filter((thread) => botCanView(world, thread));
    return ok(listed(world, active.toReversed(), false));
  }),

  route('GET', '/channels/{channel}/threads/archived/public', (request) =>
    archived(request, P.ReadMessageHistory, ({ type }) => type !== ChannelType.PrivateThread),
  ),
  route('GET', '/channels/{channel}/threads/archived/private', (request) =>
    archived(
      request,
      P.ReadMessageHistory | P.ManageThreads,
      ({ type }) => type === ChannelType.PrivateThread,
    ),
  ),
  route('GET', '/channels/{channel}/users/@me/threads/archived/private', ({ world, parameters, query }) => {
    const before = query.get('before');
    const found = archivedIn(world, parameters.channel, P.ReadMessageHistory).filter(
      ({ id, type, members }) =>
        type === ChannelType.PrivateThread &&
        members.has(world.application.botId) &&
        (before === null || compareSnowflakes(id, before) < 0),
    );
    return page(world, query, found.toReversed());
  }),
];

function reachParent(world: World, channelId: string): GuildChannelRecord {
  const channel = manageChannel(world, channelId, P.ViewChannel);
  if (threadTypesIn(channel).length === 0) throw notForThisChannelType();
  return channel;
}

type ThreadBody = Pick<
  RESTPostAPIChannelThreadsJSONBody,
  'name' | 'auto_archive_duration' | 'rate_limit_per_user' | 'invitable'
>;

function inputFrom(world: World, sent: ThreadBody): NewThread {
  return {
    name: sent.name,
    ownerId: world.application.botId,
    autoArchiveMinutes: sent.auto_archive_duration,
    slowmodeSeconds: sent.rate_limit_per_user,
    invitable: sent.invitable,
  };
}

/** A post of a forum, which is answered with its first message. */
function post(
  request: RestRequest<{ channel: string }>,
  forum: GuildChannelRecord,
): APIThreadChannel & { message: unknown } {
  const { world, files } = request;
  const sent = request.body as RESTPostAPIGuildForumThreadsJSONBody;
  checkMaySend(world, forum, sent.message, files.length > 0);
  const input = { ...inputFrom(world, sent), tagIds: readTagIds(world, forum, sent.applied_tags ?? []) };
  checkRoom(world, forum.guildId);
  const id = world.snowflakes.next();
  const content = contentFrom(sent.message, attachFiles(request, sent.message, { id }));
  const { thread, message } = startPost(world, forum, id, input, content);
  return { ...serialiseThread(world, thread), message: serialiseMessage(world, thread, message) };
}

function archivedIn(world: World, channelId: string, wanted: bigint): ThreadRecord[] {
  const channel = reachParent(world, channelId);
  demandInChannel(world, channel, wanted);
  return threadsOf(world, channel.guildId).filter((thread) => thread.archived && thread.parent === channel);
}

/** Archived threads of one kind, the one that was archived last first. */
function archived(
  { world, parameters, query }: RestRequest<{ channel: string }>,
  wanted: bigint,
  isKind: (thread: ThreadRecord) => boolean,
): RestAnswer {
  const before = query.get('before');
  const found = archivedIn(world, parameters.channel, wanted)
    .filter(isKind)
    .filter(({ archiveChangedAt }) => before === null || archiveChangedAt.getTime() < Date.parse(before))
    .sort((a, b) => b.archiveChangedAt.getTime() - a.archiveChangedAt.getTime());
  return page(world, query, found);
}

function page(world: World, query: URLSearchParams, found: readonly ThreadRecord[]): RestAnswer {
  const limit = Number(query.get('limit') ?? DEFAULT_PAGE);
  return ok(listed(world, found.slice(0, limit), found.length > limit));
}

/** Threads with the bot's memberships in them. */
function listed(world: World, threads: readonly ThreadRecord[], hasMore: boolean) {
  const { botId } = world.application;
  return {
    threads: threads.map((thread) => serialiseThread(world, thread)),
    members: threads
      .filter(({ members }) => members.has(botId))
      .map((thread) => serialiseThreadMember(thread, botId)),
    has_more: hasMore,
  };
}
