import { container } from '@sapphire/framework';
import { CommandTracker, QUEUE_MAX } from '#lib/analytics/tracker';
import { Uses } from '#lib/analytics/use';
import { CACHED_GUILDS } from '#lib/settings/settings';

declare module '@sapphire/pieces' {
  interface Container {
    uses: Uses;
    commandTracker: CommandTracker;
  }
}

/** Counts what people use. Needs the database, the clock, the log and the settings. */
export function setupAnalytics(): CommandTracker {
  const { db, log, clock, caches, settings } = container;
  const tracker = new CommandTracker({ db, log });
  container.commandTracker = tracker;
  container.uses = new Uses(clock, (use) => tracker.add(use));
  caches.register('command_tracker_queue', { size: () => tracker.size, max: QUEUE_MAX });
  caches.register('settings', { size: () => settings.cachedGuilds, max: CACHED_GUILDS });
  return tracker;
}
