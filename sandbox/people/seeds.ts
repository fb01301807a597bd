import { ChannelType, OverwriteType } from 'discord-api-types/v10';
import type { PermissionInput } from '../permissions.ts';
import { BOT_PERMISSIONS, EVERYONE_PERMISSIONS, toPermissions } from '../permissions.ts';
import { newChannel } from '../state/channels.ts';
import { newEmoji } from '../state/emojis.ts';
import type { NewGuild } from '../state/guilds.ts';
import { newGuild, serialiseGuildCreate } from '../state/guilds.ts';
import { newMember } from '../state/members.ts';
import type { GuildRecord } from '../state/records.ts';
import type { GuildChannelType, OverwriteRecord } from '../state/channel-records.ts';
import { createRole } from '../state/roles.ts';
import { ensureUser, toLocale } from '../state/users.ts';
import type { World } from '../state/world.ts';
import { dispatch } from '../state/world.ts';
import type { Reference } from './names.ts';
import { findChannel, findMember, findRole } from './names.ts';

export interface RoleSeed {
  name: string;
  permissions?: PermissionInput;
  members?: string[];
  mentionable?: boolean;
  color?: number;
  hoist?: boolean;
  /** Roles stand below the bot's own one unless they say this. */
  aboveBot?: boolean;
}

export interface OverwriteSeed {
  /** "@everyone" too. */
  role?: Reference;
  member?: Reference;
  allow?: PermissionInput;
  deny?: PermissionInput;
}

const BOTS_THERE_FOR_MS = 365 * 24 * 60 * 60_000;

const CHANNEL_TYPES = {
  text: ChannelType.GuildText,
  voice: ChannelType.GuildVoice,
  category: ChannelType.GuildCategory,
  announcement: ChannelType.GuildAnnouncement,
  forum: ChannelType.GuildForum,
} as const satisfies Record<string, GuildChannelType>;

export interface ChannelSeed {
  name: string;
  /** Text when left out. */
  type?: keyof typeof CHANNEL_TYPES;
  /** The category. */
  parent?: Reference;
  overwrites?: OverwriteSeed[];
  topic?: string;
  /** What posts of a forum can be marked with. */
  tags?: string[];
}

export interface MemberSeed {
  name: string;
  displayName?: string;
  locale?: string;
  roles?: string[];
  /** When the account was made; now when left out. */
  createdAt?: Date;
}

export interface GuildSeed {
  name: string;
  locale?: string;
  owner: string | MemberSeed;
  /** From the highest to the lowest. */
  roles?: RoleSeed[];
  channels?: ChannelSeed[];
  members?: (string | MemberSeed)[];
  /** Names of the guild's own emojis. */
  emojis?: string[];
  /** Of the role that each bot gets when it joins. */
  botPermissions?: PermissionInput;
  everyonePermissions?: PermissionInput;
  /** No bot is in it yet; somebody invites one with `inviteBot`. */
  isWithoutBots?: boolean;
}

/** Makes a guild as its owner would have, then lets the bots join it. People who exist already are the same people. */
export function plantGuild(world: World, seed: GuildSeed): GuildRecord {
  const owner = toMemberSeed(seed.owner);
  const ownerUser = ensureUser(world, { ...owner, username: owner.name });
  const guild = newGuild(world, {
    name: seed.name,
    ownerId: ownerUser.id,
    locale: toLocale(seed.locale ?? 'en-US'),
    everyonePermissions: toPermissions(seed.everyonePermissions ?? EVERYONE_PERMISSIONS),
  } satisfies NewGuild);

  const seeds = seed.roles ?? [];
  for (const role of seeds.filter(({ aboveBot }) => aboveBot)) plantRole(world, guild, role);
  const applications = seed.isWithoutBots === true ? [] : [...world.applications.values()];
  const bots = applications.map(({ name, botId }) => ({
    botId,
    role: createRole(world, guild, {
      name,
      permissions: toPermissions(seed.botPermissions ?? BOT_PERMISSIONS),
      managedBy: botId,
    }),
  }));
  for (const role of seeds.filter(({ aboveBot }) => !aboveBot)) plantRole(world, guild, role);

  const named = seeds.flatMap(({ members = [] }) => members);
  for (const member of [owner, ...(seed.members ?? []), ...named])
    plantMember(world, guild, toMemberSeed(member));
  for (const role of seeds) {
    for (const name of role.members ?? [])
      findMember(world, guild, name).roles.add(findRole(guild, role.name).id);
  }
  for (const name of seed.emojis ?? []) newEmoji(world, guild, name);
  plantChannels(world, guild, seed.channels ?? [{ name: 'general' }]);

  // They have been there for long, as in most guilds; `inviteBot` is how a bot comes as a stranger.
  const joinedAt = new Date(world.clock.now().getTime() - BOTS_THERE_FOR_MS);
  for (const { botId, role } of bots) {
    const bot = newMember(world, guild, botId);
    bot.joinedAt = joinedAt;
    bot.roles.add(role.id);
  }
  dispatch(world, 'GUILD_CREATE', serialiseGuildCreate(world, guild, true), { guildId: guild.id });
  return guild;
}

function toMemberSeed(seed: string | MemberSeed): MemberSeed {
  return typeof seed === 'string' ? { name: seed } : seed;
}

export function plantRole(world: World, guild: GuildRecord, seed: RoleSeed) {
  return createRole(world, guild, {
    name: seed.name,
    permissions: toPermissions(seed.permissions ?? 0n),
    mentionable: seed.mentionable,
    color: seed.color,
    hoist: seed.hoist,
  });
}

function plantMember(world: World, guild: GuildRecord, seed: MemberSeed): void {
  const user = ensureUser(world, { ...seed, username: seed.name });
  const member = guild.members.get(user.id) ?? newMember(world, guild, user.id);
  for (const role of seed.roles ?? []) member.roles.add(findRole(guild, role).id);
}

/** Categories first: channels name them as their parents. */
function plantChannels(world: World, guild: GuildRecord, seeds: readonly ChannelSeed[]): void {
  const isCategory = ({ type }: ChannelSeed): boolean => type === 'category';
  for (const seed of [...seeds.filter(isCategory), ...seeds.filter((one) => !isCategory(one))]) {
    newChannel(world, guild, toNewChannel(world, guild, seed));
  }
}

export function toNewChannel(
  world: World,
  guild: GuildRecord,
  seed: ChannelSeed,
): Parameters<typeof newChannel>[2] {
  return {
    name: seed.name,
    type: CHANNEL_TYPES[seed.type ?? 'text'],
    topic: seed.topic,
    parentId: seed.parent === undefined ? null : findChannel(world, guild, seed.parent).id,
    tags: seed.tags?.map((name) => ({
      id: world.snowflakes.next(),
      name,
      moderated: false,
      emoji: { id: null, name: null },
    })),
    overwrites: seed.overwrites?.map((overwrite) => toOverwrite(world, guild, overwrite)),
  };
}

export function toOverwrite(world: World, guild: GuildRecord, seed: OverwriteSeed): OverwriteRecord {
  if ((seed.role === undefined) === (seed.member === undefined)) {
    throw new Error('An overwrite is for a role or for a member.');
  }
  const bits = { allow: toPermissions(seed.allow ?? 0n), deny: toPermissions(seed.deny ?? 0n) };
  if (seed.role !== undefined)
    return { id: findRole(guild, seed.role).id, type: OverwriteType.Role, ...bits };
  return { id: findMember(world, guild, seed.member ?? '').id, type: OverwriteType.Member, ...bits };
}
