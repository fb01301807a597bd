import type { Guild } from 'discord.js';
import { FORMER_MEMBER } from '#lib/access/who';

/** What somebody is called here; their id where nobody knows. */
export type PeopleNames = (id: string) => string;

/** People asked for by name on one page. */
const ASKED_MAX = 25;

/** The names of some people in a guild. Who is not at hand is asked for, and shown by their id where Discord does not say. */
export async function peopleNames(guild: Guild, ids: readonly string[]): Promise<PeopleNames> {
  const { client } = guild;
  const known = (id: string): string | undefined =>
    guild.members.cache.get(id)?.displayName ?? client.users.cache.get(id)?.displayName;
  const unknown = [...new Set(ids)].filter((id) => id !== FORMER_MEMBER && known(id) === undefined);
  await Promise.allSettled(unknown.slice(0, ASKED_MAX).map((id) => client.users.fetch(id)));
  return (id) => known(id) ?? id;
}

/** What a channel is called; its id once it is gone. */
export function channelName(guild: Guild, id: string): string {
  return `#${guild.channels.cache.get(id)?.name ?? id}`;
}
