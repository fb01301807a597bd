import type { TicketDeps } from '../deps.ts';
import { ticketOfChannel, type Ticket } from '../ticket.ts';

/** The ticket whose channel or thread this is. Cheap for all other channels, where most messages are. */
export async function ticketIn(
  { db, remembered }: Pick<TicketDeps, 'db' | 'remembered'>,
  guildId: string,
  channelId: string,
): Promise<Ticket | undefined> {
  if (remembered.ordinaryChannels.has(channelId)) return undefined;
  const ticket = await ticketOfChannel(db, guildId, channelId);
  if (ticket === undefined) remembered.ordinaryChannels.set(channelId, true);
  return ticket;
}

/** To be called when a channel has become a ticket's. */
export function forgetChannel({ remembered }: Pick<TicketDeps, 'remembered'>, channelId: string): void {
  remembered.ordinaryChannels.delete(channelId);
}
