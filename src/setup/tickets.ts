import { join } from 'node:path';
import { container, type SapphireClient } from '@sapphire/framework';
import { remembered } from '#lib/tickets/remembered';
import type { TicketDeps } from '#lib/tickets/deps';

declare module '@sapphire/pieces' {
  interface Container {
    tickets: TicketDeps;
  }
}

/** What the pieces of tickets share. Needs the database, the settings, the log channel, the limiter, the caches, the clock and the assistant. */
export function setupTickets(client: SapphireClient): void {
  const { db, settings, logChannel, limiter, clock, log, config, assistant, caches } = container;
  const filesDirectory = join(config.dataDirectory, 'files');
  container.tickets = {
    client,
    db,
    settings,
    logChannel,
    limiter,
    clock,
    log,
    assistant,
    filesDirectory,
    remembered: remembered(caches),
  };
}
