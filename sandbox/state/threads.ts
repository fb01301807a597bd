import type { APIThreadChannel, APIThreadMember } from 'discord-api-types/v10';
import {
  ChannelFlags,
  ChannelType,
  MessageFlags,
  MessageType,
  PermissionFlagsBits as P,
  ThreadAutoArchiveDuration,
} from 'discord-api-types/v10';
import { channelPermissions, hasPermissions } from '../permissions.ts';
import { isThread, pinStamp } from './channel-types.ts';
import { contentScope } from './dispatches.ts';
import { NO_FLAGS } from './flags.ts';
import { serialiseMember } from './members.ts';
import type { MessageRecord } from './records.ts';
import type { GuildChannelRecord, ThreadRecord, ThreadType } from './channel-records.ts';
import type { World } from './world.ts';
import { changed, dispatch, threadsOf } from './world.ts';

/** How many active threads a guild can have. */
export const MOST_ACTIVE_THREADS = 1000;
/** How many members a thread can have. */
export const MOST_THREAD_MEMBERS = 1000;
/** Where Discord stops to count members. */
const MOST_COUNTED_MEMBERS = 50;

/** Messages by which their author comes into a thread. */
const BRINGING: ReadonlySet<MessageType> = new Set([MessageType.Default, MessageType.Reply]);

export interface NewThread {
  name: string;
  ownerId: string;
  autoArchiveMinutes?: ThreadAutoArchiveDuration | null;
  slowmodeSeconds?: number | null;
  invitable?: boolean | null;
  tagIds?: readonly string[] | null;
}

/** A thread with its owner in it; what it begins with comes afterwards. */
export function createThread(
  world: World,
  parent: GuildChannelRecord,
  type: ThreadType,
  id: string,
  input: NewThread,
): ThreadRecord {
  const now = world.clock.now();
  const thread: ThreadRecord = {
    id,
    type,
    guildId: parent.guildId,
    parent,
    name: input.name,
    ownerId: input.ownerId,
    createdAt: now,
    archived: false,
    archiveChangedAt: now,
    autoArchiveMinutes: input.autoArchiveMinutes ?? ThreadAutoArchiveDuration.OneDay,
    locked: false,
    invitable: input.invitable ?? true,
    slowmodeSeconds: input.slowmodeSeconds ?? 0,
    pinned: false,
    tagIds: [...(input.tagIds ?? [])],
    members: new Map([[input.ownerId, now]]),
    messagesEver: 0,
    messages: new Map(),
    lastMessageId: null,
    lastPinAt: null,
  };
  world.channels.set(id, thread);
  const created = { ...serialiseThread(world, thread), newly_created: true } as const;
  dispatch(world, 'THREAD_CREATE', created, contentScope(thread));
  announceJoin(world, thread, input.ownerId);
  return thread;
}

export type ThreadChanges = Partial<
  Pick<
    ThreadRecord,
    | 'name'
    | 'archived'
    | 'locked'
    | 'autoArchiveMinutes'
    | 'slowmodeSeconds'
    | 'invitable'
    | 'tagIds'
    | 'pinned'
  >
>;

/** What a thread's owner may change without managing threads. */
const OWNERS_CHANGES: ReadonlySet<string> = new Set([
  'name',
  'archived',
  'autoArchiveMinutes',
  'invitable',
  'tagIds',
] satisfies (keyof ThreadChanges)[]);

/** The permission in the thread that these changes take from a user; 0n for its owner's own affairs. */
export function permissionToChange(thread: ThreadRecord, userId: string, changes: ThreadChanges): bigint {
  if (thread.locked) return P.ManageThreads;
  const names = Object.keys(changes);
  if (thread.ownerId === userId && names.every((name) => OWNERS_CHANGES.has(name))) return 0n;
  const opens = changes.archived === false && names.length === 1;
  return opens ? P.SendMessagesInThreads : P.ManageThreads;
}

export function updateThread(world: World, thread: ThreadRecord, changes: ThreadChanges): void {
  const { archived, autoArchiveMinutes } = thread;
  Object.assign(thread, changes);
  if (thread.archived) thread.pinned = false;
  if (archived !== thread.archived || autoArchiveMinutes !== thread.autoArchiveMinutes) {
    thread.archiveChangedAt = world.clock.now();
  }
  dispatch(world, 'THREAD_UPDATE', serialiseThread(world, thread), contentScope(thread));
  const { botId } = world.application;
  if (archived && !thread.archived && thread.members.has(botId)) announceOwnMember(world, thread);
}

export function deleteThread(world: World, thread: ThreadRecord): void {
  const { id, guildId, parent, type } = thread;
  // Whether the bot hears of it hangs on the thread's members: it must still be there.
  dispatch(
    world,
    'THREAD_DELETE',
    { id, guild_id: guildId, parent_id: parent.id, type },
    contentScope(thread),
  );
  world.channels.delete(id);
  const starter = parent.messages.get(id);
  if (starter) {
    starter.flags &= ~MessageFlags.HasThread;
    starter.revision += 1;
  }
  changed(world);
}

/** Does nothing for who is a member already. */
export function joinThread(world: World, thread: ThreadRecord, userId: string): void {
  if (thread.members.has(userId)) return;
  thread.members.set(userId, world.clock.now());
  if (userId === world.application.botId) {
    dispatch(world, 'THREAD_CREATE', serialiseThread(world, thread), contentScope(thread));
  }
  announceJoin(world, thread, userId);
}

/** Does nothing for who is no member. */
export function leaveThread(world: World, thread: ThreadRecord, userId: string): void {
  if (!thread.members.delete(userId)) return;
  const isBot = userId === world.application.botId;
  dispatch(
    world,
    'THREAD_MEMBERS_UPDATE',
    { ...membersOf(thread), removed_member_ids: [userId] },
    // The bot hears that it is out, although it sees a private thread no more.
    { ...(isBot ? { guildId: thread.guildId } : contentScope(thread)), memberId: userId },
  );
}

function announceJoin(world: World, thread: ThreadRecord, userId: string): void {
  const member = world.guilds.get(thread.guildId)?.members.get(userId);
  if (!member) return;
  const added = {
    ...serialiseThreadMember(thread, userId),
    member: serialiseMember(world, member),
    presence: null,
  };
  dispatch(
    world,
    'THREAD_MEMBERS_UPDATE',
    { ...membersOf(thread), added_members: [added] },
    { ...contentScope(thread), memberId: userId },
  );
  if (userId === world.application.botId) announceOwnMember(world, thread);
}

function announceOwnMember(world: World, thread: ThreadRecord): void {
  const own = serialiseThreadMember(thread, world.application.botId);
  dispatch(world, 'THREAD_MEMBER_UPDATE', { ...own, guild_id: thread.guildId }, contentScope(thread));
}

function membersOf(thread: ThreadRecord) {
  return { id: thread.id, guild_id: thread.guildId, member_count: countMembers(thread) };
}

/** What a new message does to its thread: opens it again, brings in its author and who is mentioned, and counts. */
export function receiveMessage(world: World, thread: ThreadRecord, message: MessageRecord): void {
  if (message.ephemeralTo !== null) return;
  const { authorId } = message;
  if (thread.archived && (!thread.locked || mayManage(world, thread, authorId))) {
    updateThread(world, thread, { archived: false });
  }
  if (BRINGING.has(message.type) && !message.interaction && !message.webhook) {
    joinThread(world, thread, authorId);
    const called = mayInvite(world, thread, authorId) ? message.mentionedUsers : [];
    for (const userId of called) {
      if (mayBeAdded(world, thread, userId)) joinThread(world, thread, userId);
    }
  }
  if (!isBeginning(thread, message)) thread.messagesEver += 1;
}

/** Whether a message is what the thread began with, which is not counted. */
function isBeginning({ id }: ThreadRecord, message: MessageRecord): boolean {
  return message.id === id || message.type === MessageType.ThreadStarterMessage;
}

/** Whether a member of a thread may bring others into it. */
export function mayInvite(world: World, thread: ThreadRecord, userId: string): boolean {
  return thread.type !== ChannelType.PrivateThread || thread.invitable || mayManage(world, thread, userId);
}

/** Whether a user sees the channel that the thread is in. */
export function mayBeAdded(world: World, { parent }: ThreadRecord, userId: string): boolean {
  return hasIn(world, parent, userId, P.ViewChannel);
}

function mayManage(world: World, thread: ThreadRecord, userId: string): boolean {
  return hasIn(world, thread, userId, P.ManageThreads);
}

function hasIn(
  world: World,
  channel: GuildChannelRecord | ThreadRecord,
  userId: string,
  wanted: bigint,
): boolean {
  const guild = world.guilds.get(channel.guildId);
  const member = guild?.members.get(userId);
  if (!guild || !member) return false;
  return hasPermissions(channelPermissions(guild, member, channel, world.clock.now()), wanted);
}

/** The thread that was started from a message: it has the same id. */
export function threadFrom(world: World, message: MessageRecord): ThreadRecord | undefined {
  const found = world.channels.get(message.id);
  return found && isThread(found) && found.parent.id === message.channelId ? found : undefined;
}

export function activeThreads(world: World, guildId: string): ThreadRecord[] {
  return threadsOf(world, guildId).filter(({ archived }) => !archived);
}

export function serialiseThread(world: World, thread: ThreadRecord): APIThreadChannel {
  const { id, type, parent, members } = thread;
  const { botId } = world.application;
  const written = [...thread.messages.values()].filter(
    (message) => !message.ephemeralTo && !isBeginning(thread, message),
  );
  return {
    id,
    type,
    guild_id: thread.guildId,
    parent_id: parent.id,
    name: thread.name,
    owner_id: thread.ownerId,
    last_message_id: thread.lastMessageId,
    rate_limit_per_user: thread.slowmodeSeconds,
    flags: thread.pinned ? ChannelFlags.Pinned : NO_FLAGS,
    message_count: written.length,
    total_message_sent: thread.messagesEver,
    member_count: countMembers(thread),
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: thread.archiveChangedAt.toISOString(),
      auto_archive_duration: thread.autoArchiveMinutes,
      locked: thread.locked,
      create_timestamp: thread.createdAt.toISOString(),
      ...(type === ChannelType.PrivateThread ? { invitable: thread.invitable } : {}),
    },
    ...(parent.type === ChannelType.GuildForum ? { applied_tags: thread.tagIds } : {}),
    ...pinStamp(thread),
    ...(members.has(botId) ? { member: serialiseThreadMember(thread, botId) } : {}),
  };
}

/** Of a user who is in the thread. */
export function serialiseThreadMember(
  thread: ThreadRecord,
  userId: string,
): APIThreadMember & { id: string; user_id: string } {
  const joinedAt = thread.members.get(userId);
  if (!joinedAt) throw new Error(`User ${userId} is not in the thread ${thread.name}.`);
  return { id: thread.id, user_id: userId, join_timestamp: joinedAt.toISOString(), flags: NO_FLAGS };
}

function countMembers({ members }: ThreadRecord): number {
  return Math.min(members.size, MOST_COUNTED_MEMBERS);
}
