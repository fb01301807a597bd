import type { GuildMember } from 'discord.js';
import { isStaff, type Actor } from '#lib/access/who';
import type { TicketRules } from './categories.ts';
import type { Ticket } from './ticket.ts';

/** Somebody with the roles that they have in the guild. */
export type Colleague = Actor & { readonly roleIds: readonly string[] };

/** A member, wherever in the guild they act. */
export function colleagueOf(member: GuildMember): Colleague {
  return {
    userId: member.id,
    guildOwnerId: member.guild.ownerId,
    permissions: member.permissions,
    roleIds: [...member.roles.cache.keys()],
  };
}

/** Whether somebody helps in a ticket: staff of its category or of all, the role that was called, admins. */
export function isTicketStaff(
  colleague: Colleague,
  { staffRoleIds }: Pick<TicketRules, 'staffRoleIds'>,
  { escalatedTo }: Pick<Ticket, 'escalatedTo'>,
): boolean {
  const roles = escalatedTo === null ? staffRoleIds : [...staffRoleIds, escalatedTo];
  return isStaff(colleague, roles);
}
