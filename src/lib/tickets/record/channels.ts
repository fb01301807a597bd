import { LRUCache } from 'lru-cache';
import type { Client } from 'discord.js';
import { perClient } from '#lib/discord/per-client';
import type { TicketDeps } from '../deps.ts';
import { ticketOfChannel, type Ticket } from '../ticket.ts';

const CHANNELS_REMEMBERED = 10_000;
/** Another process may have made a ticket of the channel since. */
const REMEMBERED_MS = 30_000;

/** Channels that are no ticket's. */
const ordinaryOf = perClient(
  () => new LRUCache<string, true>({ max: CHANNELS_REMEMBERED, ttl: REMEMBERED_MS }),
);

/** The ticket whose channel or thread this is. Cheap for all other channels, where most messages are. */
export async function ticketIn(
  { db, client }: Pick<TicketDeps, 'db' | 'client'>,
  guildId: string,
  channelId: string,
): Promise<Ticket | undefined> {
  const ordinary = ordinaryOf(client);
  if (ordinary.has(channelId)) return undefined;
  const ticket = await ticketOfChannel(db, guildId, channelId);
  if (ticket === undefined) ordinary.set(channelId, true);
  return ticket;
}

/** To be called when a channel has become a ticket's. */
export function forgetChannel(client: Client, channelId: string): void {
  ordinaryOf(client).delete(channelId);
}
