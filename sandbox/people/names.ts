import type { BanRecord, GuildRecord, MemberRecord, RoleRecord } from '../state/records.ts';
import type { GuildChannelRecord, GuildPlaceRecord, ThreadRecord } from '../state/channel-records.ts';
import { requireUser } from '../state/users.ts';
import type { World } from '../state/world.ts';
import { channelsOf, threadsOf } from '../state/world.ts';
import { ClientRefusal } from './client-refusal.ts';

/** A name as people say it ("mia", "@Staff", "#general"), an id, a mention, or the thing itself. */
export type Reference = string | { readonly id: string };

function keyOf(reference: Reference): string {
  if (typeof reference !== 'string') return reference.id;
  return reference.replace(/^<(?:@[!&]?|#)(\d+)>$/, '$1');
}

export function findChannel(world: World, guild: GuildRecord, reference: Reference): GuildChannelRecord {
  return findAmong(guild, 'channel', channelsOf(world, guild.id), reference);
}

/** Of several threads with one name the newest. */
export function findThread(world: World, guild: GuildRecord, reference: Reference): ThreadRecord {
  return findAmong(guild, 'thread', threadsOf(world, guild.id).toReversed(), reference);
}

/** A channel, or else a thread. */
export function findInGuild(world: World, guild: GuildRecord, reference: Reference): GuildPlaceRecord {
  const places = [...channelsOf(world, guild.id), ...threadsOf(world, guild.id).toReversed()];
  return findAmong(guild, 'channel', places, reference);
}

function findAmong<Place extends GuildPlaceRecord>(
  guild: GuildRecord,
  kind: string,
  places: readonly Place[],
  reference: Reference,
): Place {
  const key = keyOf(reference);
  const name = key.replace(/^#/, '');
  const found = places.find(({ id }) => id === key) ?? places.find((place) => place.name === name);
  if (!found) throw new ClientRefusal(`There is no ${kind} "${name}" in ${guild.name}.`);
  return found;
}

export function findRole(guild: GuildRecord, reference: Reference): RoleRecord {
  const key = keyOf(reference);
  const name = key.replace(/^@/, '');
  const roles = [...guild.roles.values()];
  const found =
    guild.roles.get(key) ??
    roles.find((role) => role.name === key) ??
    roles.find((role) => role.name.replace(/^@/, '') === name);
  if (!found) throw new ClientRefusal(`There is no role "${name}" in ${guild.name}.`);
  return found;
}

export function findMember(world: World, guild: GuildRecord, reference: Reference): MemberRecord {
  const key = keyOf(reference);
  const name = key.replace(/^@/, '');
  const found =
    guild.members.get(key) ??
    [...guild.members.values()].find((member) => {
      const user = requireUser(world, member.id);
      return [user.username, user.displayName, member.nick].includes(name);
    });
  if (!found) throw new ClientRefusal(`${name} is not a member of ${guild.name}.`);
  return found;
}

export function findBan(world: World, guild: GuildRecord, reference: Reference): BanRecord {
  const key = keyOf(reference);
  const name = key.replace(/^@/, '');
  const found =
    guild.bans.get(key) ??
    [...guild.bans.values()].find(({ userId }) => requireUser(world, userId).username === name);
  if (!found) throw new ClientRefusal(`${name} is not banned from ${guild.name}.`);
  return found;
}
