import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { compareRoles, guildPermissions, hasPermissions, type PermissionName } from '../permissions.ts';
import { visibleMessages } from '../people/eyes.ts';
import type { SandboxGuild } from '../people/guild.ts';
import { Person } from '../people/person.ts';
import { directChannelsOf, openDirectChannel } from '../state/channels.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import { requireUser } from '../state/users.ts';
import { nameOfBot } from '../state/world.ts';
import { bansSeenWith, invitesSeenWith } from './arrivals.ts';
import { channelsSeenBy } from './channels.ts';
import { commandsFor } from './commands.ts';
import type { PageHost } from './host.ts';
import { toPageMessage } from './messages.ts';
import { castOf, hexColor, memberGroups, toPageMember } from './people.ts';
import type { Frame, FromServer, PageVisitor } from './protocol.ts';

/** How many messages are shown at first. */
const SHOWN_AT_FIRST = 50;
/** How many more each time somebody asks for older ones. */
const OLDER_AT_ONCE = 200;

/** One window of the page: somebody looking at a channel. It sends what has changed for them, and only that. */
export class PageWindow {
  readonly #host: PageHost;
  readonly #send: (message: FromServer) => void;
  #guild: SandboxGuild;
  #person: Person;
  #channelId: string;
  #limit = SHOWN_AT_FIRST;
  /** Of each part of the frame what was sent last, as JSON. */
  readonly #sentParts = new Map<string, string>();
  /** The revisions of the messages that the window shows; null when it shows nothing yet. */
  #sentMessages: Map<string, number> | null = null;

  /** @throws when there is no guild yet. */
  constructor(host: PageHost, send: (message: FromServer) => void) {
    this.#host = host;
    this.#send = send;
    this.#guild = firstGuild(host);
    this.#person = this.#become(this.#guild.record.ownerId);
    this.#channelId = this.#firstChannel();
  }

  get guild(): SandboxGuild {
    return this.#guild;
  }

  /** Who acts in this window. Not the guild's own object: two windows of one person have a modal each. */
  get person(): Person {
    return this.#person;
  }

  get channel(): ChannelRecord | undefined {
    return this.#host.sandbox.world.channels.get(this.#channelId);
  }

  /** Goes to another guild, person or channel; what is not named or not to be seen falls back to the nearest that is. */
  enter(to: {
    guildId?: string | undefined;
    userId?: string | undefined;
    channelId?: string | undefined;
  }): void {
    const { guilds } = this.#host.sandbox;
    const guild = guilds.find(({ id }) => id === to.guildId) ?? this.#guild;
    const isMember = (id: string | undefined): id is string =>
      id !== undefined && guild.record.members.has(id);
    const userId = [to.userId, this.#person.id].find(isMember) ?? guild.record.ownerId;
    const isSame = guild === this.#guild && userId === this.#person.id;
    this.#guild = guild;
    if (!isSame) this.#person = this.#become(userId);
    const wanted = to.channelId ?? this.#channelId;
    this.#show(this.#maySee(wanted) ? wanted : this.#firstChannel());
    this.refresh();
  }

  older(): void {
    this.#limit += OLDER_AT_ONCE;
    this.refresh();
  }

  /** Sends what has changed since the last time. */
  refresh(): void {
    const { world, guilds } = this.#host.sandbox;
    if (!guilds.includes(this.#guild)) this.#startAnew();
    if (!this.#guild.record.members.has(this.#person.id))
      this.#person = this.#become(this.#guild.record.ownerId);
    if (!this.#maySee(this.#channelId)) this.#show(this.#firstChannel());
    const parts: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(this.#frame())) {
      const text = JSON.stringify(value);
      if (this.#sentParts.get(name) === text) continue;
      this.#sentParts.set(name, text);
      parts[name] = value;
    }
    if (Object.keys(parts).length > 0) this.#send({ kind: 'frame', parts });
    const channel = world.channels.get(this.#channelId);
    if (channel) this.#sendMessages(channel);
  }

  #sendMessages(channel: ChannelRecord): void {
    const { world } = this.#host.sandbox;
    const visible = visibleMessages(world, [channel], this.#person.id);
    const shown = visible.slice(-this.#limit);
    const before = this.#sentMessages;
    const now = new Map(shown.map(({ id, revision }) => [id, revision]));
    const changed = shown.filter(({ id, revision }) => before?.get(id) !== revision);
    const gone = [...(before?.keys() ?? [])].filter((id) => !now.has(id));
    this.#sentMessages = now;
    if (before !== null && changed.length === 0 && gone.length === 0) return;
    this.#send({
      kind: 'messages',
      channelId: channel.id,
      isAll: before === null,
      changed: changed.map((message) =>
        toPageMessage(world, this.#guild.record, channel, message, this.#person.id),
      ),
      gone,
      hasOlder: visible.length > shown.length,
    });
  }

  #frame(): Frame {
    const { sandbox, bot } = this.#host;
    const { world } = sandbox;
    const { record } = this.#guild;
    const { member } = this.#person;
    const user = requireUser(world, this.#person.id);
    const held = guildPermissions(record, member, world.clock.now());
    const channel = world.channels.get(this.#channelId);
    return {
      guild: { id: record.id, name: record.name },
      guilds: sandbox.guilds.map(({ id, name }) => ({ id, name })),
      me: {
        ...toPageMember(world, record, member),
        locale: user.locale,
        permissions: (Object.keys(P) as PermissionName[]).filter((name) => hasPermissions(held, P[name])),
        directChannels: directChannelsOf(world, user.id).map(({ id, botId }) => ({
          id,
          name: nameOfBot(world, botId),
        })),
      },
      people: castOf(world, record, user.id),
      channels: channelsSeenBy(world, record, user.id, this.#channelId),
      members: memberGroups(world, record),
      roles: [...record.roles.values()]
        .sort(compareRoles)
        .map(({ id, name, color }) => ({ id, name, color: hexColor(color) })),
      invites: invitesSeenWith(held, world, record),
      bans: bansSeenWith(held, world, record),
      commands: channel
        ? commandsFor({
            world,
            guild: channel.guildId === null ? null : record,
            channel,
            userId: user.id,
          })
        : [],
      bot: {
        id: sandbox.applicationId,
        name: requireUser(world, world.application.botId).displayName ?? world.application.name,
        state: sandbox.isConnected(sandbox.applicationId)
          ? 'online'
          : bot?.isRunning
            ? 'starting'
            : 'offline',
      },
      visitors: visitorsOf(this.#host),
      apiUrl: sandbox.apiUrl,
      faults: sandbox.faults.pending,
    };
  }

  /** The guild is gone, with everything else. */
  #startAnew(): void {
    this.#guild = firstGuild(this.#host);
    this.#person = this.#become(this.#guild.record.ownerId);
    this.#show(this.#firstChannel());
  }

  #become(userId: string): Person {
    const { world } = this.#host.sandbox;
    return new Person(world, this.#guild.record, requireUser(world, userId));
  }

  #show(channelId: string): void {
    if (channelId !== this.#channelId) this.#limit = SHOWN_AT_FIRST;
    this.#channelId = channelId;
    this.#sentMessages = null;
  }

  #maySee(channelId: string): boolean {
    const { world } = this.#host.sandbox;
    const channel = world.channels.get(channelId);
    if (channel === undefined) return false;
    if (channel.guildId === null) return channel.recipientId === this.#person.id;
    return channel.guildId === this.#guild.id && this.#person.canSee(channel);
  }

  #firstChannel(): string {
    const { world } = this.#host.sandbox;
    const seen = channelsSeenBy(world, this.#guild.record, this.#person.id);
    const texts = seen.filter(({ type }) => type === ChannelType.GuildText);
    const first = texts.find(({ canWrite }) => canWrite) ?? texts[0];
    return first?.id ?? openDirectChannel(world, this.#person.id).id;
  }
}

function firstGuild({ sandbox }: PageHost): SandboxGuild {
  const [guild] = sandbox.guilds;
  if (guild === undefined) throw new Error('There is no server in this Discord.');
  return guild;
}

/** The last of the applications are those of visitors. */
function visitorsOf({ sandbox, visitorTokens }: PageHost): PageVisitor[] {
  const applications = [...sandbox.world.applications.values()].slice(-visitorTokens.length);
  return visitorTokens.map((token, index) => {
    const { id = '', name = '' } = applications[index] ?? {};
    return { id, name, token, isOnline: sandbox.isConnected(id) };
  });
}
