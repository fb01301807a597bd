import type { GuildRecord, MemberRecord, UserRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { actAs, placesOf } from '../state/world.ts';
import type { World } from '../state/world.ts';
import { ClientRefusal } from './client-refusal.ts';
import type { WantedMessage } from './eyes.ts';
import { describeSeen, fits, visibleMessages } from './eyes.ts';
import type { Place } from './places.ts';
import { channelById, findPlace, firstWritable, may } from './places.ts';
import type { SeenMessage } from './seen-message.ts';
import { seeMessage } from './seen-message.ts';
import { until } from './waiting.ts';

/** A member of a guild as somebody who looks: who they are, where they are, and what they see in Discord's client. */
export class Onlooker {
  protected readonly world: World;
  protected readonly guild: GuildRecord;
  protected readonly user: UserRecord;
  /** Where the last act was. */
  protected channel: ChannelRecord | null = null;

  constructor(world: World, guild: GuildRecord, user: UserRecord) {
    this.world = world;
    this.guild = guild;
    this.user = user;
  }

  get id(): string {
    return this.user.id;
  }

  /** Of this person's Discord client. */
  get locale(): string {
    return this.user.locale;
  }

  get name(): string {
    return this.user.username;
  }

  /** The membership; throws when this person is no longer in the guild. */
  get member(): MemberRecord {
    const member = this.guild.members.get(this.id);
    if (!member) throw new ClientRefusal(`${this.name} is not a member of ${this.guild.name}.`);
    return member;
  }

  /** What the bot wrote to this person, and what they wrote to it, directly. */
  get dms(): SeenMessage[] {
    return this.sees('dm');
  }

  acceptsDirectMessages(accepts: boolean): void {
    this.user.acceptsDirectMessages = accepts;
  }

  canSee(place: Place): boolean {
    const channel = findPlace(this.world, this.guild, this.id, place);
    return may(this.world, this.guild, this.id, channel, P.ViewChannel);
  }

  /** What this person can read, oldest first: in one place, or in the whole guild. */
  sees(place?: Place): SeenMessage[] {
    const channels =
      place === undefined
        ? placesOf(this.world, this.guild.id)
        : [findPlace(this.world, this.guild, this.id, place)];
    return visibleMessages(this.world, channels, this.id).map((message) =>
      seeMessage(this.world, this.channelOf(message.channelId), message),
    );
  }

  /** Waits until a message fits that this person sees: in a place, or with 'reply' among the answers to them. */
  async waitsFor(place: Place, wanted: WantedMessage, timeoutMs = 5000): Promise<SeenMessage> {
    const look = (): SeenMessage[] => (place === 'reply' ? this.#answers() : this.sees(place));
    const found = await until(
      this.world,
      () => look().findLast((message) => fits(message, wanted)) ?? null,
      timeoutMs,
    );
    if (found) return found;
    throw new Error(
      `${this.name} waited ${timeoutMs} ms for ${String(wanted)} and saw:\n${describeSeen(look())}`,
    );
  }

  #answers(): SeenMessage[] {
    return [...this.sees(), ...this.dms].filter((seen) => {
      const message = this.channelOf(seen.channelId).messages.get(seen.id);
      return message?.interaction?.user.id === this.id;
    });
  }

  /** Goes to a place, or stays. */
  protected goTo(place: Place | undefined): ChannelRecord {
    const channel =
      place === undefined
        ? (this.#stillThere() ?? firstWritable(this.world, this.guild, this.id))
        : findPlace(this.world, this.guild, this.id, place);
    this.channel = channel;
    return channel;
  }

  #stillThere(): ChannelRecord | null {
    return this.channel && this.world.channels.has(this.channel.id) ? this.channel : null;
  }

  /** Does something in this person's name, for the audit log. */
  protected acts<Result>(act: () => Result): Result {
    return actAs(this.world, { userId: this.id }, act);
  }

  protected channelOf(channelId: string): ChannelRecord {
    return channelById(this.world, channelId);
  }
}
