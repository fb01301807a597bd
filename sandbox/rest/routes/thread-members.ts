import type { APIThreadMember } from 'discord-api-types/v10';
import { ChannelType, GatewayIntentBits, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { isGranted } from '../../gateway/intents.ts';
import { serialiseMember } from '../../state/members.ts';
import type { ThreadRecord } from '../../state/channel-records.ts';
import { compareSnowflakes } from '../../state/snowflakes.ts';
import {
  joinThread,
  leaveThread,
  mayBeAdded,
  mayInvite,
  MOST_THREAD_MEMBERS,
  serialiseThreadMember,
} from '../../state/threads.ts';
import type { World } from '../../state/world.ts';
import {
  demandActive,
  demandInChannel,
  demandUnlocked,
  findMember,
  reachGuild,
  reachThread,
} from '../access.ts';
import { DiscordError, missingAccess, missingPermissions, unknownMember } from '../errors.ts';
import type { RestAnswer, Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';

const DEFAULT_PAGE = 100;

export const threadMemberRoutes: readonly Route[] = [
  route('GET', '/channels/{channel}/thread-members', ({ world, parameters, query }) => {
    const thread = reachThread(world, parameters.channel);
    if (!isGranted(GatewayIntentBits.GuildMembers, world.application.flags)) throw missingAccess();
    const withMember = query.get('with_member') === 'true';
    const after = query.get('after') ?? '0';
    const ids = [...thread.members.keys()]
      .filter((id) => compareSnowflakes(id, after) > 0)
      .sort(compareSnowflakes)
      .slice(0, Number(query.get('limit') ?? DEFAULT_PAGE));
    return ok(ids.map((id) => show(world, thread, id, withMember)));
  }),

  route('GET', '/channels/{channel}/thread-members/{user}', ({ world, parameters, query }) => {
    const thread = reachThread(world, parameters.channel);
    if (!thread.members.has(parameters.user)) throw unknownMember();
    return ok(show(world, thread, parameters.user, query.get('with_member') === 'true'));
  }),

  route('PUT', '/channels/{channel}/thread-members/@me', ({ world, parameters }) =>
    add(world, reachThread(world, parameters.channel), world.application.botId),
  ),
  route('PUT', '/channels/{channel}/thread-members/{user}', ({ world, parameters }) => {
    const thread = reachThread(world, parameters.channel);
    demandInChannel(world, thread, P.SendMessagesInThreads);
    demandUnlocked(world, thread);
    if (!mayInvite(world, thread, world.application.botId)) throw missingPermissions();
    findMember(reachGuild(world, thread.guildId).guild, parameters.user);
    if (!mayBeAdded(world, thread, parameters.user)) throw missingAccess();
    return add(world, thread, parameters.user);
  }),

  route('DELETE', '/channels/{channel}/thread-members/@me', ({ world, parameters }) =>
    remove(world, reachThread(world, parameters.channel), world.application.botId),
  ),
  route('DELETE', '/channels/{channel}/thread-members/{user}', ({ world, parameters }) => {
    const thread = reachThread(world, parameters.channel);
    const { botId } = world.application;
    const isOwn = thread.type === ChannelType.PrivateThread && thread.ownerId === botId;
    if (!isOwn && parameters.user !== botId) demandInChannel(world, thread, P.ManageThreads);
    return remove(world, thread, parameters.user);
  }),
];

function add(world: World, thread: ThreadRecord, userId: string): RestAnswer {
  demandActive(thread);
  if (thread.members.size >= MOST_THREAD_MEMBERS && !thread.members.has(userId)) {
    const most = `Maximum number of thread participants has been reached (${MOST_THREAD_MEMBERS})`;
    throw new DiscordError(400, 30033, most);
  }
  joinThread(world, thread, userId);
  return noContent;
}

function remove(world: World, thread: ThreadRecord, userId: string): RestAnswer {
  demandActive(thread);
  leaveThread(world, thread, userId);
  return noContent;
}

function show(world: World, thread: ThreadRecord, userId: string, withMember: boolean): APIThreadMember {
  const member = withMember ? world.guilds.get(thread.guildId)?.members.get(userId) : undefined;
  return {
    ...serialiseThreadMember(thread, userId),
    ...(member ? { member: serialiseMember(world, member) } : {}),
  };
}
