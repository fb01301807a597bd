import { LRUCache } from 'lru-cache';
import type { Database } from '#lib/database/database';
import { ticketOfChannel, type Ticket } from '../ticket.ts';

const CHANNELS_REMEMBERED = 10_000;
/** Another process may have made a ticket of the channel since. */
const REMEMBERED_MS = 30_000;

/** Channels that are no ticket's. */
const ordinary = new LRUCache<string, true>({ max: CHANNELS_REMEMBERED, ttl: REMEMBERED_MS });

/** The ticket whose channel or thread this is. Cheap for all other channels, where most messages are. */
export async function ticketIn(
  db: Database,
  guildId: string,
  channelId: string,
): Promise<Ticket | undefined> {
  if (ordinary.has(channelId)) return undefined;
  const ticket = await ticketOfChannel(db, guildId, channelId);
  if (ticket === undefined) ordinary.set(channelId, true);
  return ticket;
}

/** To be called when a channel has become a ticket's. */
export function forgetChannel(channelId: string): void {
  ordinary.delete(channelId);
}
