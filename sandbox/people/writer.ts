import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { createMessage, deleteMessage, editMessage } from '../state/messages.ts';
import { pinMessage, unpinMessage } from '../state/pins.ts';
import { changed } from '../state/world.ts';
import { Onlooker } from './onlooker.ts';
import type { Place } from './places.ts';
import { demand, ownMessage, visibleMessage } from './places.ts';
import { react, unreact } from './reacting.ts';
import type { SeenMessage } from './seen-message.ts';
import { seeMessage } from './seen-message.ts';

/** What a member does with messages, as anybody can without a bot. */
export class Writer extends Onlooker {
  writes(place: Place, content: string, how: { replyTo?: { readonly id: string } } = {}): SeenMessage {
    const channel = this.goTo(place);
    demand(
      this.world,
      this.guild,
      this.id,
      channel,
      P.ViewChannel | P.SendMessages,
      'You do not have permission to send messages in this channel.',
    );
    const { replyTo } = how;
    const repliesTo = replyTo ? { channelId: channel.id, messageId: replyTo.id } : null;
    const message = createMessage(this.world, channel, { authorId: this.id, content, repliesTo });
    return seeMessage(this.world, channel, message);
  }

  /** Changes one of this person's own messages. */
  edits(message: { readonly id: string }, content: string): void {
    const own = ownMessage(this.world, this.id, message.id);
    editMessage(this.world, this.channelOf(own.channelId), own, { content });
  }

  /** Deletes one of this person's own messages. */
  deletes(message: { readonly id: string }): void {
    const own = ownMessage(this.world, this.id, message.id);
    deleteMessage(this.world, this.channelOf(own.channelId), own);
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
    pinMessage(this.world, channel, found, this.id);
  }

  unpins(message: { readonly id: string }): void {
    const { channel, message: found } = this.#pinnable(message.id);
    unpinMessage(this.world, channel, found);
  }

  #pinnable(messageId: string): ReturnType<typeof visibleMessage> {
    const found = visibleMessage(this.world, this.guild, this.id, messageId);
    const refusal = 'You do not have permission to pin messages in this channel.';
    demand(this.world, this.guild, this.id, found.channel, P.PinMessages, refusal);
    return found;
  }

  /** Hides an ephemeral message, as "Dismiss message" does; the bot hears nothing of it. */
  dismissesMessage(message: { readonly id: string }): void {
    for (const channel of this.world.channels.values()) {
      if (channel.messages.get(message.id)?.ephemeralTo === this.id) channel.messages.delete(message.id);
    }
    changed(this.world);
  }
}
