import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { permissionToStart, permissionToWrite, threadTypesIn } from '../state/channel-types.ts';
import type { FileInput } from '../state/files.ts';
import { addFile } from '../state/files.ts';
import { isWritten } from '../state/pins.ts';
import type { GuildChannelRecord, ThreadRecord, ThreadType } from '../state/channel-records.ts';
import { startAlone, startFromMessage, startPost } from '../state/thread-starts.ts';
import type { ThreadChanges } from '../state/threads.ts';
import {
  deleteThread,
  joinThread,
  leaveThread,
  mayBeAdded,
  mayInvite,
  permissionToChange,
  threadFrom,
  updateThread,
} from '../state/threads.ts';
import { ClientRefusal } from './client-refusal.ts';
import type { Reference } from './names.ts';
import { findChannel, findMember, findThread } from './names.ts';
import { demand, demandActive, visibleMessage } from './places.ts';
import { Writer } from './writer.ts';

export interface ThreadOptions {
  /** The message that the thread is about; none when left out. */
  from?: { readonly id: string };
  private?: boolean;
}

export interface PostOptions {
  /** Names or ids of the forum's tags. */
  tags?: readonly string[];
  files?: readonly FileInput[];
}

const LONGEST_NAME = 100;
const NO_PERMISSION = 'You do not have permission to do that in this thread.';

/** What a member does with threads, as anybody can without a bot. */
export class ThreadUser extends Writer {
  /** Starts a thread in a channel. */
  startsThread(
    place: Reference,
    name: string,
    { from, private: isPrivate = false }: ThreadOptions = {},
  ): ThreadRecord {
    const channel = findChannel(this.world, this.guild, place);
    const input = { name: checkName(name), ownerId: this.id };
    const [usual] = threadTypesIn(channel);
    const type = isPrivate ? ChannelType.PrivateThread : usual;
    if (!type || !threadTypesIn(channel).includes(type) || channel.type === ChannelType.GuildForum) {
      throw new ClientRefusal('There can be no such thread in this channel.');
    }
    this.#demandStart(channel, type);
    if (!from) return startAlone(this.world, channel, type, input);
    const { message } = visibleMessage(this.world, this.guild, this.id, from.id);
    const isOfAll = message.ephemeralTo === null && isWritten(message);
    if (message.channelId !== channel.id || !isOfAll || isPrivate) {
      throw new ClientRefusal('There can be no such thread of this message.');
    }
    if (threadFrom(this.world, message)) {
      throw new ClientRefusal('A thread has already been created for this message');
    }
    return startFromMessage(this.world, channel, message, input);
  }

  /** Posts in a forum. */
  posts(place: Reference, title: string, content: string, how: PostOptions = {}): ThreadRecord {
    const forum = findChannel(this.world, this.guild, place);
    if (forum.type !== ChannelType.GuildForum) throw new ClientRefusal('This channel is no forum.');
    const refusal = 'You do not have permission to create posts in this forum.';
    demand(this.world, this.guild, this.id, forum, P.ViewChannel | permissionToWrite(forum), refusal);
    const { files = [], tags = [] } = how;
    this.checkFiles(forum, files);
    const tagIds = tags.map((wanted) => {
      const tag = forum.tags.find(({ id, name }) => wanted === id || wanted === name);
      if (!tag) throw new ClientRefusal(`There is no tag "${wanted}" in ${forum.name}.`);
      return tag.id;
    });
    const input = { name: checkName(title), ownerId: this.id, tagIds };
    const id = this.world.snowflakes.next();
    const attachments = files.map((file) => addFile(this.world, { ...file, channelId: id }));
    return startPost(this.world, forum, id, input, { content, attachments }).thread;
  }

  joins(which: Reference): void {
    joinThread(this.world, this.#active(which), this.id);
  }

  leaves(which: Reference): void {
    leaveThread(this.world, this.#active(which), this.id);
  }

  /** Brings somebody else into a thread. */
  adds(which: Reference, who: Reference): void {
    const thread = this.#active(which);
    const { id } = findMember(this.world, this.guild, who);
    demand(this.world, this.guild, this.id, thread, permissionToWrite(thread), NO_PERMISSION);
    if (!mayInvite(this.world, thread, this.id)) throw new ClientRefusal(NO_PERMISSION);
    if (!mayBeAdded(this.world, thread, id)) {
      throw new ClientRefusal('That member does not see the channel of this thread.');
    }
    joinThread(this.world, thread, id);
  }

  archives(which: Reference): void {
    this.changesThread(which, { archived: true });
  }

  /** Opens an archived thread again. */
  reopens(which: Reference): void {
    this.changesThread(which, { archived: false });
  }

  changesThread(which: Reference, changes: ThreadChanges): void {
    const thread = this.#visible(which);
    if (changes.name !== undefined) checkName(changes.name);
    const wanted = permissionToChange(thread, this.id, changes);
    demand(this.world, this.guild, this.id, thread, wanted, NO_PERMISSION);
    if (changes.archived !== false) demandActive(thread);
    updateThread(this.world, thread, changes);
  }

  deletesThread(which: Reference): void {
    const thread = this.#visible(which);
    demand(this.world, this.guild, this.id, thread, P.ManageThreads, NO_PERMISSION);
    deleteThread(this.world, thread);
  }

  #demandStart(channel: GuildChannelRecord, type: ThreadType): void {
    const refusal = 'You do not have permission to create threads in this channel.';
    demand(this.world, this.guild, this.id, channel, P.ViewChannel | permissionToStart(type), refusal);
  }

  #visible(which: Reference): ThreadRecord {
    const thread = findThread(this.world, this.guild, which);
    if (!this.canSee(thread)) throw new ClientRefusal(`There is no thread "${thread.name}" to be seen.`);
    return thread;
  }

  #active(which: Reference): ThreadRecord {
    const thread = this.#visible(which);
    demandActive(thread);
    return thread;
  }
}

function checkName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > LONGEST_NAME) {
    throw new ClientRefusal(`A thread's name has 1 to ${LONGEST_NAME} characters.`);
  }
  return trimmed;
}
