import type { RESTPatchAPIChannelJSONBody } from 'discord-api-types/v10';
import { ChannelFlags, ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { GuildChannelRecord, ThreadRecord } from '../state/channel-records.ts';
import type { ThreadChanges } from '../state/threads.ts';
import { activeThreads, MOST_ACTIVE_THREADS, permissionToChange } from '../state/threads.ts';
import type { World } from '../state/world.ts';
import { botPermissions, demandInChannel, demandUnlocked, reachThread } from './access.ts';
import {
  archivedThread,
  DiscordError,
  missingPermissions,
  notForThisChannelType,
  unknownTag,
} from './errors.ts';

/** What the bot wants to change in a thread, as far as it may; an archived one can only be opened again (50083). */
export function readThreadChanges(world: World, threadId: string, sent: unknown): ThreadChanges {
  const thread = reachThread(world, threadId);
  const body = sent as RESTPatchAPIChannelJSONBody;
  const changes: ThreadChanges = {
    ...(typeof body.name === 'string' && body.name !== '' ? { name: body.name } : {}),
    ...(typeof body.archived === 'boolean' ? { archived: body.archived } : {}),
    ...(typeof body.locked === 'boolean' ? { locked: body.locked } : {}),
    ...(body.auto_archive_duration ? { autoArchiveMinutes: body.auto_archive_duration } : {}),
    ...(body.rate_limit_per_user === undefined ? {} : { slowmodeSeconds: body.rate_limit_per_user ?? 0 }),
    ...(typeof body.invitable === 'boolean' && thread.type === ChannelType.PrivateThread
      ? { invitable: body.invitable }
      : {}),
    ...(body.applied_tags ? { tagIds: readTagIds(world, thread.parent, body.applied_tags) } : {}),
    ...(typeof body.flags === 'number' ? { pinned: readPinned(world, thread, body.flags) } : {}),
  };
  demandUnlocked(world, thread);
  demandInChannel(world, thread, permissionToChange(thread, world.application.botId, changes));
  if (thread.archived && changes.archived !== false) throw archivedThread();
  if (thread.archived) checkRoom(world, thread.guildId);
  return changes;
}

/** A guild has room for so many active threads (160006). */
export function checkRoom(world: World, guildId: string): void {
  if (activeThreads(world, guildId).length >= MOST_ACTIVE_THREADS) {
    throw new DiscordError(400, 160006, 'Maximum number of active threads reached');
  }
}

/** Tags that the forum has (10087); moderated ones take "manage threads" (50013). */
export function readTagIds(
  world: World,
  forum: GuildChannelRecord,
  sent: readonly (string | number)[],
): string[] {
  const ids = sent.map(String);
  const tags = ids.map((id) => forum.tags.find((tag) => tag.id === id));
  if (tags.includes(undefined)) throw unknownTag();
  const isModerator = (botPermissions(world, forum) & P.ManageThreads) !== 0n;
  if (!isModerator && tags.some((tag) => tag?.moderated)) throw missingPermissions();
  return ids;
}

/** One post of a forum can be pinned (30047). */
function readPinned(world: World, thread: ThreadRecord, flags: number): boolean {
  const pinned = (flags & ChannelFlags.Pinned) !== 0;
  if (!pinned || thread.pinned) return pinned;
  if (thread.parent.type !== ChannelType.GuildForum) throw notForThisChannelType();
  const others = activeThreads(world, thread.guildId).filter(({ parent }) => parent === thread.parent);
  if (others.some((other) => other.pinned)) {
    throw new DiscordError(
      400,
      30047,
      'Maximum number of pinned threads in a forum channel has been reached',
    );
  }
  return pinned;
}
