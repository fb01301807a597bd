import type { GuildMember } from 'discord.js';
import { HttpProblem } from '#lib/http/problem';
import type { Caller } from './caller.ts';
import type { Actor } from './who.ts';

/** Who a caller is, where a rule has made sure that they are a person. */
export function personOf(caller: Caller): string {
  if (caller.kind === 'nobody' || caller.userId === null) throw new Error('the rule let nobody in');
  return caller.userId;
}

/**
 * Who a change of a guild is recorded under.
 * @throws HttpProblem 403 for the service key where it names nobody.
 */
export function requirePerson(caller: Caller): string {
  if (caller.kind === 'service' && caller.userId === null)
    throw new HttpProblem(403, 'Name the person in X-User-Id: a change is recorded under somebody.');
  return personOf(caller);
}

/** Whether a key may be used for this guild; whoever else calls is not bound to one. */
export function reachesGuild(caller: Caller, guildId: string): boolean {
  return caller.kind !== 'key' || caller.guildId === guildId;
}

/** A member of a guild, as rules of access know them. */
export function actorOfMember(member: GuildMember): Actor {
  return { userId: member.id, guildOwnerId: member.guild.ownerId, permissions: member.permissions };
}

/**
 * The caller as a member of a guild, as Discord knows them now.
 * @throws HttpProblem 403 when they are none or their key is for another guild, 503 when Discord does not say.
 */
export async function requireMember(
  rights: { member(guildId: string, userId: string): Promise<GuildMember | null> },
  caller: Caller,
  guildId: string,
): Promise<GuildMember> {
  const member = reachesGuild(caller, guildId) ? await rights.member(guildId, personOf(caller)) : null;
  if (member === null) throw new HttpProblem(403, 'You must be in this server, and the bot as well.');
  return member;
}
