import type { Guild, GuildMember, PartialGuildMember } from 'discord.js';
import type { Caches } from '#lib/limits/caches';
import { effectiveValue } from '#lib/settings/settings';
import { announceJoins } from './announce.ts';
import type { Verdict } from './attribute.ts';
import type { InviteDeps } from './deps.ts';
import { recordJoins, recordLeave } from './record.ts';
import { endTrouble, tellTrouble } from './troubles.ts';
import { InviteWatch, type Arrival } from './watch.ts';

const FAKE_YOUNGER_MS = 7 * 24 * 60 * 60_000;

export interface WatchedInvites extends InviteDeps {
  readonly watch: InviteWatch;
}

/** The watch over the invites of all guilds, which writes down and announces what it finds. */
export function watchInvites(deps: InviteDeps, caches: Caches): InviteWatch {
  return new InviteWatch({
    caches,
    clock: deps.clock,
    log: deps.log,
    isEnabled: (guildId) => deps.settings.get(guildId, 'invites.enabled'),
    record: (guild, arrivals, verdict) => record(deps, guild, arrivals, verdict),
  });
}

async function record(
  deps: InviteDeps,
  guild: Guild,
  arrivals: readonly Arrival[],
  verdict: Verdict,
): Promise<() => Promise<void>> {
  const { db, settings, clock } = deps;
  const overrides = await settings.overrides(guild.id);
  const ids = await recordJoins(db, guild.id, arrivals, verdict, {
    isAnnounced: effectiveValue(overrides, 'invites.announcement_channel_id') !== null,
    now: clock.now(),
  });
  return async () => {
    await announceJoins(deps, ids);
    if (verdict.reason === 'no_permission') await tellTrouble(deps, guild.id, { kind: 'permission' });
    else if (verdict.reason !== 'no_answer') await endTrouble(deps, guild.id, 'permission');
  };
}

/** Finds out and writes down how a member came. Bots come by no invite. */
export async function memberJoined(
  { watch, clock }: WatchedInvites,
  { guild, id, user, joinedAt }: GuildMember,
): Promise<void> {
  if (user.bot) return;
  const at = joinedAt ?? clock.now();
  await watch.joined(guild, {
    memberId: id,
    joinedAt: at,
    isFake: at.getTime() - user.createdTimestamp < FAKE_YOUNGER_MS,
  });
}

/** Writes down that a member left, after all that is still to be written of who joined before. */
export async function memberLeft(
  { watch, db, settings, clock }: WatchedInvites,
  { guild, id, client }: GuildMember | PartialGuildMember,
): Promise<void> {
  if (id === client.user.id || !(await settings.get(guild.id, 'invites.enabled'))) return;
  const now = clock.now();
  await watch.afterJoins(guild.id, () => recordLeave(db, guild.id, id, now));
}
