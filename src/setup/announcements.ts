import { container, type SapphireClient } from '@sapphire/framework';
import { InOrder } from '#lib/limits/in-order';
import type { WatchDeps } from '#lib/announcements/watch';

declare module '@sapphire/pieces' {
  interface Container {
    announcements: WatchDeps;
  }
}

/** What the pieces of announcements share. Needs the database, the settings, the log channel, the limiter, the clock and the assistant. */
export function setupAnnouncements(client: SapphireClient): void {
  const { db, settings, logChannel, limiter, clock, log, config, assistant } = container;
  const { enableEveryoneMentions } = config;
  container.announcements = {
    client,
    db,
    settings,
    logChannel,
    clock,
    log,
    enableEveryoneMentions,
    inOrder: new InOrder(),
    limiter,
    assistant,
  };
}
