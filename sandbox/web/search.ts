import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { compareRoles, hasPermissions } from '../permissions.ts';
import { isThread } from '../state/channel-types.ts';
import { permissionsIn } from '../state/interactions.ts';
import { requireUser } from '../state/users.ts';
import type { World } from '../state/world.ts';
import { placesOf } from '../state/world.ts';
import type { PageWindow } from './page-window.ts';
import { nameOfMember } from './people.ts';
import type { PageFound } from './protocol.ts';

/** As many as Discord's own lists offer at a time. */
const MOST_FOUND = 25;

interface Wanted {
  readonly kinds: readonly PageFound['kind'][];
  readonly words: string;
  /** Discord's numbers; none for all types. */
  readonly channelTypes: readonly number[];
}

/** What the client offers in a select or an option of people, roles or channels. */
export function search(
  world: World,
  window: PageWindow,
  { kinds, words, channelTypes }: Wanted,
): PageFound[] {
  const wanted = words.trim().replace(/^[@#]/, '').toLowerCase();
  const candidates = kinds.flatMap((kind) => {
    if (kind === 'user') return users(world, window);
    return kind === 'role' ? roles(window) : channels(world, window, channelTypes);
  });
  return candidates
    .filter(({ name, about }) => `${name} ${about}`.toLowerCase().includes(wanted))
    .slice(0, MOST_FOUND);
}

function users(world: World, { guild }: PageWindow): PageFound[] {
  return [...guild.record.members.values()].map((member) => ({
    id: member.id,
    name: nameOfMember(world, member),
    about: requireUser(world, member.id).username,
    kind: 'user',
  }));
}

function roles({ guild }: PageWindow): PageFound[] {
  return [...guild.record.roles.values()]
    .sort(compareRoles)
    .map(({ id, name }) => ({ id, name: name.replace(/^@/, ''), about: 'role', kind: 'role' }));
}

function channels(world: World, { guild, person }: PageWindow, types: readonly number[]): PageFound[] {
  return placesOf(world, guild.id)
    .filter(
      (channel) =>
        !(isThread(channel) && channel.archived) &&
        (types.length === 0 || types.includes(channel.type)) &&
        hasPermissions(permissionsIn(world, guild.record, channel, person.id), P.ViewChannel),
    )
    .map((channel) => ({
      id: channel.id,
      name: channel.name,
      about: isThread(channel) ? `thread in #${channel.parent.name}` : (channel.topic ?? ''),
      kind: 'channel',
    }));
}
