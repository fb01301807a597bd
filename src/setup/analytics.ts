import { container, type SapphireClient } from '@sapphire/framework';
import type { AnalyticsDeps } from '#lib/analytics/deps';
import { Remembered, REMEMBERED_MAX } from '#lib/analytics/remembered';
import { CommandTracker, QUEUE_MAX } from '#lib/analytics/tracker';
import { Uses } from '#lib/analytics/use';
import { readVersion } from '#lib/analytics/version';
import type { OpenDatabase } from '#lib/database/database';
import { ERASED_CHANNEL, readErased } from '#lib/privacy/erase';
import { CACHED_GUILDS } from '#lib/settings/settings';
import type { TaskScheduler } from '#lib/tasks/task-scheduler';

declare module '@sapphire/pieces' {
  interface Container {
    uses: Uses;
    commandTracker: CommandTracker;
    analytics: AnalyticsDeps;
  }
}

const SERVICE = 'alphapy-service';

/** Counts what people use. Needs the database, the clock, the log and the settings. */
export async function setupAnalytics(database: OpenDatabase): Promise<CommandTracker> {
  const { db, log, clock, caches, settings } = container;
  const tracker = new CommandTracker({ db, log });
  await database.listen(
    ERASED_CHANNEL,
    (message) => tracker.forget(readErased(message)),
    () => undefined,
  );
  container.commandTracker = tracker;
  container.uses = new Uses(clock, (use) => tracker.add(use));
  caches.register('command_tracker_queue', { size: () => tracker.size, max: QUEUE_MAX });
  caches.register('settings', { size: () => settings.cachedGuilds, max: CACHED_GUILDS });
  return tracker;
}

/** Says how the bot is. Needs the client, the assistant and the task scheduler besides. */
export function setupHealth(client: SapphireClient, database: OpenDatabase, tasks: TaskScheduler): void {
  const { db, log, clock, caches, settings, assistant, config } = container;
  let asked: Promise<boolean> | null = null;
  const counts: AnalyticsDeps['counts'] = new Remembered(clock);
  const metrics: AnalyticsDeps['metrics'] = new Remembered(clock);
  const usage: AnalyticsDeps['usage'] = new Remembered(clock);
  const guildUsages: AnalyticsDeps['guildUsages'] = new Remembered(clock);
  for (const [name, cache] of Object.entries({
    health: counts,
    dashboard_metrics: metrics,
    command_stats: usage,
    guild_usage: guildUsages,
  }))
    caches.register(name, { size: () => cache.size, max: REMEMBERED_MAX });
  container.analytics = {
    client,
    db,
    settings,
    clock,
    log,
    caches,
    provider: assistant.provider,
    service: config.http?.serviceName ?? SERVICE,
    version: readVersion(),
    database: {
      // Many monitors ask at once; the connections are for people.
      isHealthy: (timeoutMs) =>
        (asked ??= database.isHealthy(timeoutMs).finally(() => {
          asked = null;
        })),
      poolSize: () => database.pool.totalCount,
    },
    isSchedulerWorking: () => tasks.isWorking,
    counts,
    metrics,
    usage,
    guildUsages,
  };
}
