import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { ReactionEmoji } from '../../state/emojis.ts';
import { findEmoji, readEmoji } from '../../state/emojis.ts';
import {
  addReaction,
  clearEmoji,
  clearReactions,
  findReaction,
  MOST_REACTIONS,
  removeReaction,
} from '../../state/reactions.ts';
import type { MessageRecord } from '../../state/records.ts';
import type { ChannelRecord } from '../../state/channel-records.ts';
import { compareSnowflakes } from '../../state/snowflakes.ts';
import { requireUser, serialiseUser } from '../../state/users.ts';
import type { World } from '../../state/world.ts';
import { demandActive, demandInChannel, findMessage, reachChannel } from '../access.ts';
import { DiscordError, notInDirect, unknownEmoji, unknownUser } from '../errors.ts';
import type { RestRequest, Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';

const DEFAULT_PAGE = 25;

export const reactionRoutes: readonly Route[] = [
  route('PUT', '/channels/{channel}/messages/{message}/reactions/{emoji}/@me', (request) => {
    const { world } = request;
    const { channel, message, emoji } = reachEmoji(request);
    demandInChannel(world, channel, P.ReadMessageHistory);
    demandActive(channel);
    if (!findReaction(message, emoji)) checkMayAdd(world, channel, message, emoji);
    addReaction(world, channel, message, world.application.botId, emoji);
    return noContent;
  }),

  route('DELETE', '/channels/{channel}/messages/{message}/reactions/{emoji}/@me', (request) => {
    const { world } = request;
    const { channel, message, emoji } = reachEmoji(request);
    demandActive(channel);
    removeReaction(world, channel, message, world.application.botId, emoji);
    return noContent;
  }),

  route('DELETE', '/channels/{channel}/messages/{message}/reactions/{emoji}/{user}', (request) => {
    const { world, parameters } = request;
    const { channel, message, emoji } = reachEmoji(request);
    if (parameters.user !== world.application.botId) demandManage(world, channel);
    if (!world.users.has(parameters.user)) throw unknownUser();
    removeReaction(world, channel, message, parameters.user, emoji);
    return noContent;
  }),

  route('GET', '/channels/{channel}/messages/{message}/reactions/{emoji}', (request) => {
    const { world, query } = request;
    const { message, emoji } = reachEmoji(request);
    const after = query.get('after') ?? '0';
    const users = [...(findReaction(message, emoji)?.users ?? [])]
      .filter((id) => compareSnowflakes(id, after) > 0)
      .sort(compareSnowflakes)
      .slice(0, Number(query.get('limit') ?? DEFAULT_PAGE));
    return ok(users.map((id) => serialiseUser(requireUser(world, id))));
  }),

  route('DELETE', '/channels/{channel}/messages/{message}/reactions', (request) => {
    const { channel, message } = reachMessage(request);
    demandManage(request.world, channel);
    clearReactions(request.world, channel, message);
    return noContent;
  }),

  route('DELETE', '/channels/{channel}/messages/{message}/reactions/{emoji}', (request) => {
    const { channel, message, emoji } = reachEmoji(request);
    demandManage(request.world, channel);
    clearEmoji(request.world, channel, message, emoji);
    return noContent;
  }),
];

type MessageRequest = RestRequest<{ channel: string; message: string }>;

interface Reached {
  channel: ChannelRecord;
  message: MessageRecord;
}

function reachMessage({ world, parameters }: MessageRequest): Reached {
  const channel = reachChannel(world, parameters.channel);
  return { channel, message: findMessage(channel, parameters.message) };
}

function reachEmoji(
  request: RestRequest<{ channel: string; message: string; emoji: string }>,
): Reached & { emoji: ReactionEmoji } {
  const reached = reachMessage(request);
  const emoji = readEmoji(request.world, request.parameters.emoji);
  if (!emoji) throw unknownEmoji();
  return { ...reached, emoji };
}

/** The first reaction with an emoji needs more than joining in does. */
function checkMayAdd(
  world: World,
  channel: ChannelRecord,
  message: MessageRecord,
  emoji: ReactionEmoji,
): void {
  const isForeign = emoji.id !== null && findEmoji(world, emoji.id)?.guildId !== channel.guildId;
  demandInChannel(world, channel, P.AddReactions | (isForeign ? P.UseExternalEmojis : 0n));
  if (message.reactions.length >= MOST_REACTIONS) {
    throw new DiscordError(400, 30010, `Maximum number of reactions reached (${MOST_REACTIONS})`);
  }
}

function demandManage(world: World, channel: ChannelRecord): void {
  if (channel.guildId === null) throw notInDirect();
  demandActive(channel);
  demandInChannel(world, channel, P.ManageMessages);
}
