import { container, type SapphireClient } from '@sapphire/framework';
import type { AnalyticsDeps } from '#lib/analytics/deps';
import { Remembered } from '#lib/analytics/remembered';
import { CommandTracker, QUEUE_MAX } from '#lib/analytics/tracker';
import { Uses } from '#lib/analytics/use';
import { readVersion } from '#lib/analytics/version';
import type { OpenDatabase } from '#lib/database/database';
import { ERASED_CHANNEL, readErased } from '#lib/privacy/erase';
import type { TaskScheduler } from '#lib/tasks/task-scheduler';

declare module '@sapphire/pieces' {
  interface Container {
    uses: Uses;
    commandTracker: CommandTracker;
    analytics: AnalyticsDeps;
  }
}

const SERVICE = 'alphapy-service';

/** Counts what people use. Needs the database, the clock, the log and the caches. */
export async function setupAnalytics(database: OpenDatabase): Promise<CommandTracker> {
  const { db, log, clock, caches } = container;
  const tracker = new CommandTracker({ db, log });
  await database.listen(
    ERASED_CHANNEL,
    (message) => void tracker.forget(readErased(message)),
    () => undefined,
  );
  container.commandTracker = tracker;
  container.uses = new Uses(clock, (use) => tracker.add(use));
  caches.register('command_tracker_queue', { size: () => tracker.size, max: QUEUE_MAX });
  return tracker;
}

/** Says how the bot is. Needs the client, the assistant and the task scheduler besides. */
export function setupHealth(client: SapphireClient, database: OpenDatabase, tasks: TaskScheduler): void {
  const { db, log, clock, caches, settings, assistant, config } = container;
  let asked: Promise<boolean> | null = null;
  const counts: AnalyticsDeps['counts'] = new Remembered(clock, caches, 'health');
  const metrics: AnalyticsDeps['metrics'] = new Remembered(clock, caches, 'dashboard_metrics');
  const usage: AnalyticsDeps['usage'] = new Remembered(clock, caches, 'command_stats');
  const guildUsages: AnalyticsDeps['guildUsages'] = new Remembered(clock, caches, 'guild_usage');
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
