import { Locale } from 'discord-api-types/v10';
import type { Clock } from '#lib/time/clock';
import type { DispatchData, DispatchName, DispatchScope } from './dispatches.ts';
import type {
  ApplicationRecord,
  CommandRecord,
  GuildRecord,
  InteractionRecord,
  InviteRecord,
  MemberRecord,
  UserRecord,
  WebhookRecord,
} from './records.ts';
import type { ChannelRecord, GuildChannelRecord, GuildPlaceRecord, ThreadRecord } from './channel-records.ts';
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

/** Who does what happens now, and why. */
export interface Actor {
  /** Null when it is nobody: Discord itself, or whoever has a webhook's token. */
  readonly userId: string | null;
  /** X-Audit-Log-Reason. */
  readonly reason?: string | null;
}

export interface RememberedNonce {
  messageId: string;
  at: Date;
}

/**
 * Everything this Discord knows. Each bot has a view of it, in which `application` is its own; all else is shared:
 * {@link worldOf}.
 */
export interface World {
  readonly clock: Clock;
  readonly snowflakes: Snowflakes;
  /** Whose view this is: the bot that asks; the first one where nobody does. */
  readonly application: ApplicationRecord;
  readonly applications: ReadonlyMap<string, ApplicationRecord>;
  readonly users: Map<string, UserRecord>;
  readonly guilds: Map<string, GuildRecord>;
  readonly channels: Map<string, ChannelRecord>;
  readonly commands: Map<string, CommandRecord>;
  readonly interactions: Map<string, InteractionRecord>;
  /** By code. */
  readonly invites: Map<string, InviteRecord>;
  readonly webhooks: Map<string, WebhookRecord>;
  readonly files: FileShelf;
  readonly nonces: Map<string, RememberedNonce>;
  readonly dispatchListeners: Set<DispatchListener>;
  /** Told after anything a person could notice has changed. */
  readonly changeListeners: Set<() => void>;
  /** Null while nobody is named; see {@link actAs}. */
  readonly acting: { by: Actor | null };
  /** Attachment addresses start with this; known once the server listens. */
  baseUrl: string;
  /** Real time, not the clock's: how long the bot may take for the first answer to an interaction. */
  readonly interactionDeadlineMs: number;
}

/** What is kept of a world from one run of the sandbox to the next. */
export type WorldContents = Pick<
  World,
  | 'applications'
  | 'users'
  | 'guilds'
  | 'channels'
  | 'commands'
  | 'interactions'
  | 'invites'
  | 'webhooks'
  | 'files'
  | 'nonces'
> & {
  /** The newest id. */
  readonly lastId: string;
};

export interface WorldOptions {
  clock: Clock;
  applicationFlags: number;
  interactionDeadlineMs: number;
  /** The names of the bots' applications, at least one. */
  applications: readonly [string, ...string[]];
  /** A world that was kept, instead of an empty one; it has its applications already. */
  contents?: WorldContents;
}

export function createWorld(options: WorldOptions): World {
  const { clock, interactionDeadlineMs, contents } = options;
  const snowflakes = createSnowflakes(clock, contents?.lastId);
  const users = contents?.users ?? new Map<string, UserRecord>();
  const applications = contents?.applications ?? newApplications(snowflakes, users, options);
  const [application] = applications.values();
  if (application === undefined) throw new Error('There is no application in this world.');
  return {
    clock,
    snowflakes,
    application,
    applications,
    users,
    guilds: contents?.guilds ?? new Map(),
    channels: contents?.channels ?? new Map(),
    commands: contents?.commands ?? new Map(),
    interactions: contents?.interactions ?? new Map(),
    invites: contents?.invites ?? new Map(),
    webhooks: contents?.webhooks ?? new Map(),
    files: contents?.files ?? newFileShelf(),
    nonces: contents?.nonces ?? new Map(),
    dispatchListeners: new Set(),
    changeListeners: new Set(),
    acting: { by: null },
    baseUrl: '',
    interactionDeadlineMs,
  };
}

function newApplications(
  snowflakes: Snowflakes,
  users: Map<string, UserRecord>,
  { applications, applicationFlags }: WorldOptions,
): ReadonlyMap<string, ApplicationRecord> {
  const newUser = (username: string, displayName: string | null, bot: boolean): UserRecord => {
    const user: UserRecord = {
      id: snowflakes.next(),
      username,
      displayName,
      bot,
      locale: Locale.EnglishUS,
      acceptsDirectMessages: true,
    };
    users.set(user.id, user);
    return user;
  };
  const bots = applications.map((name) => ({ name, user: newUser(usernameOf(name), null, true) }));
  const owner = newUser('host', 'The host', false);
  return new Map(
    // Discord gives an application and its bot user the same id.
    bots.map(({ name, user: { id } }) => [
      id,
      { id, name, description: '', flags: applicationFlags, botId: id, ownerId: owner.id },
    ]),
  );
}

function usernameOf(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

/** The world as one of its bots sees it; as it is given for an id of none. */
export function worldOf(world: World, applicationId: string): World {
  const application = world.applications.get(applicationId);
  return application === undefined || application === world.application ? world : { ...world, application };
}

/** The same world at another time, to make what was there before. */
export function worldAt(world: World, clock: Clock): World {
  return { ...world, clock, snowflakes: createSnowflakes(clock) };
}

/** Lets everything go but the applications, their owner and their global commands; the bots lose their guilds. */
export function clearWorld(world: World): void {
  for (const guild of world.guilds.values())
    dispatch(world, 'GUILD_DELETE', { id: guild.id }, { guildId: guild.id });
  const { guilds, channels, interactions, invites, webhooks, nonces, files } = world;
  for (const map of [guilds, channels, interactions, invites, webhooks, nonces, files.contents]) map.clear();
  for (const command of world.commands.values()) {
    if (command.guildId !== null) world.commands.delete(command.id);
  }
  const kept = new Set([...world.applications.values()].flatMap(({ botId, ownerId }) => [botId, ownerId]));
  for (const id of world.users.keys()) {
    if (!kept.has(id)) world.users.delete(id);
  }
  changed(world);
}

/** Sends a gateway event to the sessions of the bots that it concerns and wakes whoever waits for a change. */
export function dispatch<Name extends DispatchName>(
  world: World,
  name: Name,
  data: DispatchData[Name],
  scope: DispatchScope = {},
): void {
  for (const listener of world.dispatchListeners) listener(name, data, scope);
  changed(world);
}

/** Does something in somebody's name; what it puts off until later has no name any more. */
export function actAs<Result>(world: World, actor: Actor, act: () => Result): Result {
  const before = world.acting.by;
  world.acting.by = actor;
  try {
    return act();
  } finally {
    world.acting.by = before;
  }
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

/** The membership of the bot whose view this is; undefined when it is not in the guild. */
export function botMember(world: World, guild: GuildRecord): MemberRecord | undefined {
  return guild.members.get(world.application.botId);
}

/** The name of a bot's application; a bot has the id of its application. */
export function nameOfBot(world: World, botId: string): string {
  return worldOf(world, botId).application.name;
}
