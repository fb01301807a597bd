import { Locale } from 'discord-api-types/v10';
import type { Clock } from '#lib/time/clock';
import type { DispatchData, DispatchName, DispatchScope } from './dispatches.ts';
import type {
  ApplicationRecord,
  ChannelRecord,
  CommandRecord,
  GuildChannelRecord,
  GuildRecord,
  InteractionRecord,
  GuildPlaceRecord,
  MemberRecord,
  ThreadRecord,
  UserRecord,
} from './records.ts';
import { isThread } from './channel-types.ts';
import type { FileShelf } from './files.ts';
import { newFileShelf } from './files.ts';
import type { Snowflakes } from './snowflakes.ts';
import { compareSnowflakes, createSnowflakes } from './snowflakes.ts';

export type DispatchListener = <Name extends DispatchName>(
  name: Name,
  data: DispatchData[Name],
  scope: DispatchScope,
) => void;

export interface RememberedNonce {
  messageId: string;
  at: Date;
}

/** Everything this Discord knows. There is one application in it: the bot under test. */
export interface World {
  readonly clock: Clock;
  readonly snowflakes: Snowflakes;
  readonly application: ApplicationRecord;
  readonly users: Map<string, UserRecord>;
  readonly guilds: Map<string, GuildRecord>;
  readonly channels: Map<string, ChannelRecord>;
  readonly commands: Map<string, CommandRecord>;
  readonly interactions: Map<string, InteractionRecord>;
  readonly files: FileShelf;
  readonly nonces: Map<string, RememberedNonce>;
  readonly dispatchListeners: Set<DispatchListener>;
  /** Told after anything a person could notice has changed. */
  readonly changeListeners: Set<() => void>;
  /** Attachment addresses start with this; known once the server listens. */
  baseUrl: string;
  /** Real time, not the clock's: how long the bot may take for the first answer to an interaction. */
  readonly interactionDeadlineMs: number;
}

export interface WorldOptions {
  clock: Clock;
  applicationFlags: number;
  interactionDeadlineMs: number;
}

export function createWorld({ clock, applicationFlags, interactionDeadlineMs }: WorldOptions): World {
  const snowflakes = createSnowflakes(clock);
  // Discord gives an application and its bot user the same id.
  const botId = snowflakes.next();
  const ownerId = snowflakes.next();
  const world: World = {
    clock,
    snowflakes,
    application: {
      id: botId,
      name: 'Alphapy',
      description: '',
      flags: applicationFlags,
      botId,
      ownerId,
    },
    users: new Map(),
    guilds: new Map(),
    channels: new Map(),
    commands: new Map(),
    interactions: new Map(),
    files: newFileShelf(),
    nonces: new Map(),
    dispatchListeners: new Set(),
    changeListeners: new Set(),
    baseUrl: '',
    interactionDeadlineMs,
  };
  world.users.set(botId, {
    id: botId,
    username: 'alphapy',
    displayName: null,
    bot: true,
    locale: Locale.EnglishUS,
    acceptsDirectMessages: true,
  });
  world.users.set(ownerId, {
    id: ownerId,
    username: 'host',
    displayName: 'The host',
    bot: false,
    locale: Locale.EnglishUS,
    acceptsDirectMessages: true,
  });
  return world;
}

/** Sends a gateway event to the bot's sessions and wakes whoever waits for a change. */
export function dispatch<Name extends DispatchName>(
  world: World,
  name: Name,
  data: DispatchData[Name],
  scope: DispatchScope = {},
): void {
  for (const listener of world.dispatchListeners) listener(name, data, scope);
  changed(world);
}

export function changed(world: World): void {
  for (const listener of world.changeListeners) listener();
}

/** A guild's channels in their order, without threads. */
export function channelsOf(world: World, guildId: string): GuildChannelRecord[] {
  const found: GuildChannelRecord[] = [];
  for (const channel of world.channels.values()) {
    if (channel.guildId === guildId && !isThread(channel)) found.push(channel);
  }
  return found.sort((a, b) => a.position - b.position);
}

/** A guild's threads, archived ones too; oldest first. */
export function threadsOf(world: World, guildId: string): ThreadRecord[] {
  const found: ThreadRecord[] = [];
  for (const channel of world.channels.values()) {
    if (channel.guildId === guildId && isThread(channel)) found.push(channel);
  }
  return found.sort((a, b) => compareSnowflakes(a.id, b.id));
}

export function placesOf(world: World, guildId: string): GuildPlaceRecord[] {
  return [...channelsOf(world, guildId), ...threadsOf(world, guildId)];
}

/** The bot's own membership; undefined when it is not in the guild. */
export function botMember(world: World, guild: GuildRecord): MemberRecord | undefined {
  return guild.members.get(world.application.botId);
}
