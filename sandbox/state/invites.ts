import { randomInt } from 'node:crypto';
import type { APIExtendedInvite, APIInvite } from 'discord-api-types/v10';
import { AuditLogEvent, InviteType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { audit, changesBetween } from './audit-log.ts';
import type { DispatchScope } from './dispatches.ts';
import { serialiseGuild } from './guilds.ts';
import { requireGuild } from './interactions.ts';
import type { InviteRecord } from './records.ts';
import type { GuildChannelRecord } from './channel-records.ts';
import { requireUser, serialiseUser } from './users.ts';
import type { World } from './world.ts';
import { dispatch } from './world.ts';

const DAY_SECONDS = 24 * 60 * 60;
/** How many invites a guild can have. */
export const MOST_INVITES = 1000;
const CODE_LENGTH = 8;
const CODE_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** What the audit log keeps of an invite. */
const AUDITED = ['code', 'channel_id', 'inviter_id', 'uses', 'max_uses', 'max_age', 'temporary'];

export interface NewInvite {
  inviterId: string;
  /** A day when left out; 0 for ever. */
  maxAgeSeconds?: number | null;
  /** 0, as when left out, is any number. */
  maxUses?: number | null;
  /** Who came by it goes again with their connection, unless they got a role. People here have no connection. */
  temporary?: boolean | null;
  /** True: a new one even when this inviter has just such an invite. */
  unique?: boolean | null;
}

export function createInvite(world: World, channel: GuildChannelRecord, input: NewInvite): InviteRecord {
  const wanted = {
    channelId: channel.id,
    inviterId: input.inviterId,
    maxAgeSeconds: input.maxAgeSeconds ?? DAY_SECONDS,
    maxUses: input.maxUses ?? 0,
    temporary: input.temporary ?? false,
  };
  const similar = input.unique
    ? undefined
    : invitesOf(world, channel.guildId).find((known) =>
        (Object.keys(wanted) as (keyof typeof wanted)[]).every((key) => known[key] === wanted[key]),
      );
  if (similar) return similar;
  const invite: InviteRecord = {
    ...wanted,
    code: newCode(),
    guildId: channel.guildId,
    createdAt: world.clock.now(),
    uses: 0,
  };
  world.invites.set(invite.code, invite);
  const { code, channel_id, guild_id, inviter, created_at, expires_at, max_age, max_uses, temporary } = allOf(
    world,
    invite,
  );
  dispatch(
    world,
    'INVITE_CREATE',
    { code, channel_id, guild_id, inviter, created_at, expires_at, max_age, max_uses, temporary, uses: 0 },
    scopeOf(invite),
  );
  audit(world, requireGuild(world, invite.guildId), {
    action: AuditLogEvent.InviteCreate,
    targetId: null,
    changes: changesBetween({}, allOf(world, invite), AUDITED),
  });
  return invite;
}

/** An invite that can still be used. */
export function findInvite(world: World, code: string): InviteRecord | undefined {
  const invite = world.invites.get(code);
  return invite && isAlive(world, invite) ? invite : undefined;
}

/** The invites of a guild that can still be used, oldest first. */
export function invitesOf(world: World, guildId: string): InviteRecord[] {
  return [...world.invites.values()].filter((invite) => invite.guildId === guildId && isAlive(world, invite));
}

/** Somebody takes an invite back. */
export function deleteInvite(world: World, invite: InviteRecord): void {
  forgetInvite(world, invite);
  audit(world, requireGuild(world, invite.guildId), {
    action: AuditLogEvent.InviteDelete,
    targetId: null,
    changes: changesBetween(allOf(world, invite), {}, AUDITED),
  });
}

/**
 * Counts a use. The last one ends the invite: as bots have seen it at Discord, which documents neither, that is told
 * before the member's arrival and noted in no audit log. That an invite is too old is told to nobody.
 */
export function useInvite(world: World, invite: InviteRecord): void {
  invite.uses += 1;
  if (invite.uses === invite.maxUses) forgetInvite(world, invite);
}

function forgetInvite(world: World, invite: InviteRecord): void {
  world.invites.delete(invite.code);
  const { code, channelId, guildId } = invite;
  dispatch(world, 'INVITE_DELETE', { code, channel_id: channelId, guild_id: guildId }, scopeOf(invite));
}

function scopeOf({ guildId, channelId }: InviteRecord): DispatchScope {
  return { guildId, channelId, needs: P.ManageChannels | P.ManageGuild };
}

/** With its channel an invite goes too; Discord tells of the channel alone. */
function isAlive(world: World, invite: InviteRecord): boolean {
  const end = expiryOf(invite);
  return world.channels.has(invite.channelId) && (end === null || end > world.clock.now());
}

/** Null when it never ends. */
export function expiryOf({ createdAt, maxAgeSeconds }: InviteRecord): Date | null {
  return maxAgeSeconds === 0 ? null : new Date(createdAt.getTime() + maxAgeSeconds * 1000);
}

function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
}

/** What everybody with the code sees. */
export function serialiseInvite(world: World, invite: InviteRecord): APIInvite & { guild_id: string } {
  const guild = requireGuild(world, invite.guildId);
  const channel = world.channels.get(invite.channelId);
  const shown = serialiseGuild(guild);
  return {
    type: InviteType.Guild,
    code: invite.code,
    inviter: serialiseUser(requireUser(world, invite.inviterId)),
    expires_at: expiryOf(invite)?.toISOString() ?? null,
    guild_id: guild.id,
    guild: {
      id: guild.id,
      name: guild.name,
      splash: shown.splash,
      banner: shown.banner,
      description: shown.description,
      icon: shown.icon,
      features: shown.features,
      verification_level: shown.verification_level,
      vanity_url_code: shown.vanity_url_code,
      nsfw_level: shown.nsfw_level,
      nsfw: false,
      premium_subscription_count: shown.premium_subscription_count,
    } as APIInvite['guild'],
    channel:
      channel && channel.guildId !== null ? { id: channel.id, name: channel.name, type: channel.type } : null,
  };
}

/** That, and what those see who manage invites. */
export function serialiseFullInvite(
  world: World,
  invite: InviteRecord,
): APIExtendedInvite & { guild_id: string } {
  return {
    ...serialiseInvite(world, invite),
    uses: invite.uses,
    max_uses: invite.maxUses,
    max_age: invite.maxAgeSeconds,
    temporary: invite.temporary,
    created_at: invite.createdAt.toISOString(),
  };
}

function allOf(world: World, invite: InviteRecord) {
  const { channelId, inviterId } = invite;
  return { ...serialiseFullInvite(world, invite), channel_id: channelId, inviter_id: inviterId };
}
