import type { APIGuildMember } from 'discord-api-types/v10';
import { NO_FLAGS } from './flags.ts';
import type { GuildRecord, MemberRecord } from './records.ts';
import { requireUser, serialiseUser } from './users.ts';
import type { World } from './world.ts';
import { dispatch, threadsOf } from './world.ts';

/** Lets a user join; the bot hears of it. */
export function addMember(
  world: World,
  guild: GuildRecord,
  userId: string,
  { isPending = false }: Partial<Pick<MemberRecord, 'isPending'>> = {},
): MemberRecord {
  const member = newMember(world, guild, userId);
  member.isPending = isPending;
  dispatch(
    world,
    'GUILD_MEMBER_ADD',
    { ...serialiseMember(world, member), guild_id: guild.id },
    { guildId: guild.id, memberId: userId },
  );
  return member;
}

/** A membership that was there before anybody could hear of it. */
export function newMember(world: World, guild: GuildRecord, userId: string): MemberRecord {
  const member: MemberRecord = {
    id: userId,
    guildId: guild.id,
    nick: null,
    roles: new Set(),
    joinedAt: world.clock.now(),
    timedOutUntil: null,
    isPending: false,
  };
  guild.members.set(userId, member);
  return member;
}

export type MemberChanges = Partial<Pick<MemberRecord, 'nick' | 'timedOutUntil' | 'roles' | 'isPending'>>;

export function updateMember(world: World, member: MemberRecord, changes: MemberChanges): void {
  Object.assign(member, changes);
  dispatch(
    world,
    'GUILD_MEMBER_UPDATE',
    { ...serialiseMember(world, member), guild_id: member.guildId },
    { guildId: member.guildId, memberId: member.id },
  );
}

export function giveRole(world: World, member: MemberRecord, roleId: string): void {
  if (!member.roles.has(roleId)) updateMember(world, member, { roles: new Set([...member.roles, roleId]) });
}

export function takeRole(world: World, member: MemberRecord, roleId: string): void {
  const roles = new Set(member.roles);
  if (roles.delete(roleId)) updateMember(world, member, { roles });
}

/** The member leaves or is kicked. A bot learns that it lost the guild. */
export function removeMember(world: World, guild: GuildRecord, member: MemberRecord): void {
  guild.members.delete(member.id);
  for (const thread of threadsOf(world, guild.id)) thread.members.delete(member.id);
  if (world.applications.has(member.id))
    dispatch(world, 'GUILD_DELETE', { id: guild.id }, { botId: member.id });
  dispatch(
    world,
    'GUILD_MEMBER_REMOVE',
    { guild_id: guild.id, user: serialiseUser(requireUser(world, member.id)) },
    { guildId: guild.id, memberId: member.id },
  );
}

export type SerialisedMember = APIGuildMember & {
  joined_at: string;
  avatar: string | null;
  banner: string | null;
};

/** A member without its user, as it stands inside messages. */
export function serialisePartialMember(member: MemberRecord): Omit<SerialisedMember, 'user'> {
  return {
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: [...member.roles],
    joined_at: member.joinedAt.toISOString(),
    premium_since: null,
    deaf: false,
    mute: false,
    pending: member.isPending,
    communication_disabled_until: member.timedOutUntil?.toISOString() ?? null,
    flags: NO_FLAGS,
  };
}

export function serialiseMember(world: World, member: MemberRecord): SerialisedMember {
  return {
    ...serialisePartialMember(member),
    joined_at: member.joinedAt.toISOString(),
    user: serialiseUser(requireUser(world, member.id)),
  };
}
