import { container, type SapphireClient } from '@sapphire/framework';
import { LogChannel } from '#lib/log-channel/log-channel';

declare module '@sapphire/pieces' {
  interface Container {
    logChannel: LogChannel;
  }
}

/** Lets every piece write to a guild's log channel. Needs the database, the settings, the clock and the log. */
export function setupLogChannel(client: SapphireClient): void {
  const { db, settings, clock, log } = container;
  container.logChannel = new LogChannel({ client, db, settings, clock, log });
}
