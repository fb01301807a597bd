import { DiscordAPIError, Routes, RESTJSONErrorCodes, type Guild } from 'discord.js';
import { channelName, NEUTRAL_NAME } from './names.ts';
import type { TicketDeps } from './deps.ts';
import type { Ticket } from './ticket.ts';

/** Discord allows a channel two new names in ten minutes (discord-api-docs#1900), and a third request would wait for the rest of them. */
const RENAMES_MAX = 2;
const RENAMES_PER_MS = 10 * 60_000;
/** A request that Discord holds back nevertheless is left to itself. */
const WAIT_MS = 10_000;

/**
 * Gives a ticket's channel the name that fits its state, if Discord takes another one now.
 * @returns 0 when it has it, else after how many ms to try again.
 */
export async function renameChannel(
  { client, clock, remembered: { renamed } }: TicketDeps,
  guild: Guild,
  ticket: Ticket,
): Promise<number> {
  if (ticket.channelId === null || ticket.isThread) return 0;
  const channel = guild.channels.cache.get(ticket.channelId);
  const name = channelName(ticket);
  if (channel === undefined || channel.name === name || channel.name === NEUTRAL_NAME) return 0;
  const now = clock.now().getTime();
  const recent = (renamed.get(channel.id) ?? []).filter((at) => at > now - RENAMES_PER_MS);
  const [oldest] = recent;
  if (oldest !== undefined && recent.length >= RENAMES_MAX) return oldest + RENAMES_PER_MS - now;
  renamed.set(channel.id, [...recent, now]);
  const request = client.rest.patch(Routes.channel(channel.id), {
    body: { name },
    reason: `Ticket ${ticket.id}`,
  });
  const timeout = new Promise<'late'>((resolve) => {
    setTimeout(() => resolve('late'), WAIT_MS).unref();
  });
  try {
    const result = await Promise.race([request, timeout]);
    if (result !== 'late') return 0;
    request.catch(() => undefined);
    return RENAMES_PER_MS;
  } catch (error) {
    // A name that Discord does not take is not worth another try.
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InvalidFormBodyOrContentType)
      return 0;
    throw error;
  }
}
