import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { FileInput } from '../state/files.ts';
import { addFile, MOST_FILES } from '../state/files.ts';
import { createMessage, deleteMessage, editMessage } from '../state/messages.ts';
import { pinMessage, unpinMessage } from '../state/pins.ts';
import type { InviteRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import { changed } from '../state/world.ts';
import { ClientRefusal } from './client-refusal.ts';
import type { InviteOptions } from './inviting.ts';
import { invite, revoke } from './inviting.ts';
import { Onlooker } from './onlooker.ts';
import { checkFileSize } from './option-values.ts';
import type { Place } from './places.ts';
import {
  demand,
  demandActive,
  demandMayWrite,
  demandUnlocked,
  ownMessage,
  visibleMessage,
} from './places.ts';
import { react, unreact } from './reacting.ts';
import type { SeenMessage } from './seen-message.ts';
import { seeMessage } from './seen-message.ts';

export interface WriteOptions {
  replyTo?: { readonly id: string };
  files?: readonly FileInput[];
}

/** For who has no Nitro. */
const LONGEST_TEXT = 2000;

function checkText(content: string, mayBeEmpty: boolean): void {
  if (content.length > LONGEST_TEXT)
    throw new ClientRefusal(`Your message is too long: it may have ${LONGEST_TEXT} characters.`);
  if (content.trim() === '' && !mayBeEmpty) throw new ClientRefusal('Cannot send an empty message');
}

/** What a member does with messages and invites, as anybody can without a bot. */
export class Writer extends Onlooker {
  writes(place: Place, content: string, how: WriteOptions = {}): SeenMessage {
    const channel = this.goTo(place);
    demandMayWrite(this.world, this.guild, this.id, channel);
    const { replyTo, files = [] } = how;
    checkText(content, files.length > 0);
    this.checkFiles(channel, files);
    const repliesTo = replyTo ? { channelId: channel.id, messageId: replyTo.id } : null;
    const message = createMessage(this.world, channel, {
      authorId: this.id,
      content,
      repliesTo,
      attachments: files.map((file) => addFile(this.world, { ...file, channelId: channel.id })),
    });
    return seeMessage(this.world, channel, message);
  }

  protected checkFiles(channel: ChannelRecord, files: readonly FileInput[]): void {
    if (files.length === 0) return;
    const refusal = 'You do not have permission to upload files in this channel.';
    demand(this.world, this.guild, this.id, channel, P.AttachFiles, refusal);
    if (files.length > MOST_FILES)
      throw new ClientRefusal(`You can only upload ${MOST_FILES} files at a time!`);
    files.forEach(checkFileSize);
  }

  /** Changes one of this person's own messages. */
  edits(message: { readonly id: string }, content: string): void {
    const own = ownMessage(this.world, this.id, message.id);
    checkText(content, own.attachments.length > 0);
    const channel = this.channelOf(own.channelId);
    demandActive(channel);
    demandUnlocked(this.world, this.guild, this.id, channel);
    editMessage(this.world, channel, own, { content });
  }

  /** Deletes one of this person's own messages. */
  deletes(message: { readonly id: string }): void {
    const own = ownMessage(this.world, this.id, message.id);
    this.acts(() => deleteMessage(this.world, this.channelOf(own.channelId), own));
  }

  /** Reacts with a character, or with an emoji of a guild by ":name:" or "name:id". */
  reacts(message: { readonly id: string }, emoji: string): void {
    react(this.world, this.guild, this.id, message.id, emoji);
  }

  unreacts(message: { readonly id: string }, emoji: string): void {
    unreact(this.world, this.guild, this.id, message.id, emoji);
  }

  pins(message: { readonly id: string }): void {
    const { channel, message: found } = this.#pinnable(message.id);
    this.acts(() => pinMessage(this.world, channel, found, this.id));
  }

  unpins(message: { readonly id: string }): void {
    const { channel, message: found } = this.#pinnable(message.id);
    this.acts(() => unpinMessage(this.world, channel, found));
  }

  #pinnable(messageId: string): ReturnType<typeof visibleMessage> {
    const found = visibleMessage(this.world, this.guild, this.id, messageId);
    const refusal = 'You do not have permission to pin messages in this channel.';
    demand(this.world, this.guild, this.id, found.channel, P.PinMessages, refusal);
    demandActive(found.channel);
    return found;
  }

  /** Makes an invite to a channel; the client's own ones hold a day. */
  invites(place: Place, options: InviteOptions = {}): InviteRecord {
    return this.acts(() => invite(this.world, this.guild, this.id, this.goTo(place), options));
  }

  /** Ends an invite, by its code or link. */
  revokes(code: string): void {
    this.acts(() => revoke(this.world, this.guild, this.member, code));
  }

  /** Hides an ephemeral message, as "Dismiss message" does; the bot hears nothing of it. */
  dismissesMessage(message: { readonly id: string }): void {
    for (const channel of this.world.channels.values()) {
      if (channel.messages.get(message.id)?.ephemeralTo === this.id) channel.messages.delete(message.id);
    }
    changed(this.world);
  }
}
