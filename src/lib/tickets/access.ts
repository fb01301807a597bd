import type { Interaction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { rulesOf, type TicketRules } from './categories.ts';
import type { TicketDeps } from './deps.ts';
import { colleagueOf, isTicketStaff } from './staff.ts';
import { readTicket, ticketOfChannel, type Ticket } from './ticket.ts';

/** Somebody in a guild who did something with a ticket. */
export type Member = Interaction<'cached'>;

/** A ticket, and what holds for it. */
export interface Found {
  readonly ticket: Ticket;
  readonly rules: TicketRules;
}

/** Whether somebody helps in a ticket. */
export function handlesTicket(interaction: Member, { ticket, rules }: Found): boolean {
  return isTicketStaff(colleagueOf(interaction.member), rules, ticket);
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
