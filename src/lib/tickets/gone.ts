import type { TicketDeps } from './deps.ts';
import { performTicketDuties } from './perform.ts';
import { openStatuses } from './status.ts';
import { channelGone } from './sync.ts';
import { ticketOfChannel } from './ticket.ts';

/** A channel of the guild is gone; if it was a ticket's, the ticket is closed. */
export async function channelDeleted(deps: TicketDeps, guildId: string, channelId: string): Promise<void> {
  const ticket = await ticketOfChannel(deps.db, guildId, channelId);
  if (ticket === undefined) return;
  await channelGone(deps, ticket);
  await performTicketDuties(deps, { guildId, ticketId: ticket.id });
}

/** A member is back: the channels of their open tickets are due, which let them in again. */
export async function memberReturnedToTickets(
  { db, clock }: TicketDeps,
  guildId: string,
  userId: string,
): Promise<void> {
  await db
    .updateTable('support_tickets')
    .set({ sync_due_at: clock.now() })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('status', 'in', openStatuses)
    .execute();
}
