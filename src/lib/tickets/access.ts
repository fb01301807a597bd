import type { GuildMember, Interaction } from 'discord.js';
import { actorOf, isStaff } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { rulesOf, type TicketRules } from './categories.ts';
import type { TicketDeps } from './deps.ts';
import { readTicket, ticketOfChannel, type Ticket } from './ticket.ts';

/** Somebody in a guild who did something with a ticket. */
export type Member = Interaction<'cached'>;

/** A ticket, and what holds for it. */
export interface Found {
  readonly ticket: Ticket;
  readonly rules: TicketRules;
}

/** Whether somebody is staff for tickets under these rules. */
export function isTicketStaff(
  interaction: Member,
  { staffRoleIds }: Pick<TicketRules, 'staffRoleIds'>,
): boolean {
  return isStaff({ ...actorOf(interaction), roleIds: rolesOf(interaction.member) }, staffRoleIds);
}

/** Whether somebody is staff, or belongs to the role that was called to this ticket. */
export function handlesTicket(interaction: Member, { ticket, rules }: Found): boolean {
  const called = ticket.escalatedTo;
  return (
    isTicketStaff(interaction, rules) || (called !== null && rolesOf(interaction.member).includes(called))
  );
}

function rolesOf(member: GuildMember): string[] {
  return [...member.roles.cache.keys()];
}

/**
 * A ticket by its number, or the one of the channel where somebody is.
 * @throws UserError when there is none; of other guilds none is found.
 */
export async function findTicket(deps: TicketDeps, interaction: Member, id: number | null): Promise<Found> {
  const { guildId, channelId } = interaction;
  const ticket =
    id === null
      ? channelId === null
        ? undefined
        : await ticketOfChannel(deps.db, guildId, channelId)
      : await readTicket(deps.db, guildId, id);
  if (ticket === undefined) throw new UserError(id === null ? 'tickets:notHere' : 'tickets:unknown');
  const rules = await rulesOf(deps.db, await deps.settings.overrides(guildId), guildId, ticket.categoryId);
  return { ticket, rules };
}

/** @throws UserError unless it is staff who does it. */
export function requireStaff(interaction: Member, found: Found): void {
  if (!handlesTicket(interaction, found)) throw new UserError('tickets:staffOnly');
}

/** @throws UserError unless it is staff, or the member whose ticket it is. */
export function requireStaffOrOpener(interaction: Member, found: Found): void {
  if (interaction.user.id !== found.ticket.userId) requireStaff(interaction, found);
}
