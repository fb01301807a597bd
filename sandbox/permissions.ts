import { ChannelType, OverwriteType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { isThread, permissionToWrite } from './state/channel-types.ts';
import type { GuildRecord, MemberRecord, RoleRecord } from './state/records.ts';
import type { GuildPlaceRecord, OverwriteRecord } from './state/channel-records.ts';
import { compareSnowflakes } from './state/snowflakes.ts';

export type PermissionName = keyof typeof P;
export type PermissionInput = bigint | readonly PermissionName[];

export const ALL_PERMISSIONS: bigint = Object.values(P).reduce((all, bit) => all | bit, 0n);

/** What a timed-out member keeps. */
const KEPT_IN_TIMEOUT = P.ViewChannel | P.ReadMessageHistory;
/** What means nothing without the right to send messages. */
const NEEDS_SEND_MESSAGES = P.MentionEveryone | P.SendTTSMessages | P.AttachFiles | P.EmbedLinks;

/** @everyone of a community server: as Discord makes it, with mentioning everyone switched off. */
export const EVERYONE_PERMISSIONS: bigint =
  P.ViewChannel |
  P.CreateInstantInvite |
  P.ChangeNickname |
  P.SendMessages |
  P.SendMessagesInThreads |
  P.CreatePublicThreads |
  P.CreatePrivateThreads |
  P.EmbedLinks |
  P.AttachFiles |
  P.AddReactions |
  P.UseExternalEmojis |
  P.UseExternalStickers |
  P.ReadMessageHistory |
  P.UseApplicationCommands |
  P.SendVoiceMessages |
  P.SendPolls |
  P.Connect |
  P.Speak |
  P.Stream |
  P.UseVAD;

/** What the bot asks for when it is invited; not Administrator. */
export const BOT_PERMISSIONS: bigint =
  P.ViewChannel |
  P.SendMessages |
  P.SendMessagesInThreads |
  P.EmbedLinks |
  P.AttachFiles |
  P.ReadMessageHistory |
  P.AddReactions |
  P.UseExternalEmojis |
  P.MentionEveryone |
  P.ManageMessages |
  P.ManageChannels |
  P.ManageRoles |
  P.ManageThreads |
  P.ManageGuild |
  P.ManageNicknames |
  P.ModerateMembers |
  P.CreatePublicThreads |
  P.CreatePrivateThreads |
  P.CreateInstantInvite;

export function toPermissions(input: PermissionInput): bigint {
  return typeof input === 'bigint' ? input : input.reduce((all, name) => all | P[name], 0n);
}

export function hasPermissions(held: bigint, wanted: bigint): boolean {
  return (held & wanted) === wanted;
}

/** The names of the wanted permissions that are not held. */
export function missingPermissions(held: bigint, wanted: bigint): PermissionName[] {
  return (Object.keys(P) as PermissionName[]).filter(
    (name) => (wanted & P[name]) !== 0n && (held & P[name]) === 0n,
  );
}

/** A member's permissions in the guild as a whole, before any channel. */
export function guildPermissions(guild: GuildRecord, member: MemberRecord, now: Date): bigint {
  if (guild.ownerId === member.id) return ALL_PERMISSIONS;
  let permissions = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const roleId of member.roles) permissions |= guild.roles.get(roleId)?.permissions ?? 0n;
  if (hasPermissions(permissions, P.Administrator)) return ALL_PERMISSIONS;
  return isTimedOut(member, now) ? permissions & KEPT_IN_TIMEOUT : permissions;
}

/**
 * A member's permissions in a channel: roles, then overwrites of @everyone, of the roles together, of the member. In a thread
 * they are those in its channel, as far as the member sees the thread.
 */
export function channelPermissions(
  guild: GuildRecord,
  member: MemberRecord,
  channel: GuildPlaceRecord,
  now: Date,
): bigint {
  const base = guildPermissions(guild, member, now);
  if (hasPermissions(base, P.Administrator)) return ALL_PERMISSIONS;

  const { overwrites } = isThread(channel) ? channel.parent : channel;
  let permissions = applyOverwrite(base, overwrites.get(guild.id));
  const ofRoles = { allow: 0n, deny: 0n };
  for (const overwrite of overwrites.values()) {
    if (overwrite.type !== OverwriteType.Role || overwrite.id === guild.id || !member.roles.has(overwrite.id))
      continue;
    ofRoles.allow |= overwrite.allow;
    ofRoles.deny |= overwrite.deny;
  }
  permissions = applyOverwrite(permissions, ofRoles);
  permissions = applyOverwrite(permissions, overwrites.get(member.id));

  if (!hasPermissions(permissions, P.ViewChannel)) return 0n;
  if (isPrivateTo(channel, member) && !hasPermissions(permissions, P.ManageThreads)) return 0n;
  if (!hasPermissions(permissions, permissionToWrite(channel)) && isTextual(channel))
    permissions &= ~NEEDS_SEND_MESSAGES;
  return isTimedOut(member, now) ? permissions & KEPT_IN_TIMEOUT : permissions;
}

function applyOverwrite(
  permissions: bigint,
  overwrite: Pick<OverwriteRecord, 'allow' | 'deny'> | undefined,
): bigint {
  return overwrite ? (permissions & ~overwrite.deny) | overwrite.allow : permissions;
}

/** Whether this is a private thread of others. */
function isPrivateTo(channel: GuildPlaceRecord, member: MemberRecord): boolean {
  return channel.type === ChannelType.PrivateThread && !channel.members.has(member.id);
}

function isTextual(channel: GuildPlaceRecord): boolean {
  return channel.type !== ChannelType.GuildCategory;
}

export function isTimedOut(member: MemberRecord, now: Date): boolean {
  return member.timedOutUntil !== null && member.timedOutUntil.getTime() > now.getTime();
}

/** Roles from the highest to the lowest; of two at one position the older is the higher. */
export function compareRoles(a: RoleRecord, b: RoleRecord): number {
  return b.position - a.position || compareSnowflakes(a.id, b.id);
}

export function highestRole(guild: GuildRecord, member: MemberRecord): RoleRecord | undefined {
  return [...guild.roles.values()]
    .filter((role) => role.id === guild.id || member.roles.has(role.id))
    .sort(compareRoles)[0];
}

/** Whether a member may give, take, change or move a role as far as hierarchy goes. */
export function standsAboveRole(guild: GuildRecord, member: MemberRecord, role: RoleRecord): boolean {
  if (guild.ownerId === member.id) return true;
  const own = highestRole(guild, member);
  return own !== undefined && own.id !== role.id && compareRoles(own, role) < 0;
}

/** Whether a member may kick, time out or rename another one as far as hierarchy goes. */
export function standsAboveMember(guild: GuildRecord, member: MemberRecord, other: MemberRecord): boolean {
  if (other.id === guild.ownerId) return false;
  if (member.id === guild.ownerId) return true;
  const highest = highestRole(guild, other);
  return highest === undefined || standsAboveRole(guild, member, highest);
}
