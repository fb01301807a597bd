import { container } from '@sapphire/framework';
import type { OpenDatabase } from '#lib/database/database';
import { errorReference } from '#lib/errors/classify';
import type { Log } from '#lib/logging/logger';
import { TaskScheduler } from '#lib/tasks/task-scheduler';

/** The scheduler of this process. It does nothing until it is started with the loaded tasks. Needs the metrics. */
export function setupTaskScheduler(database: OpenDatabase, log: Log): TaskScheduler {
  const { metrics } = container;
  return new TaskScheduler({
    pool: database.pool,
    log,
    onError: (error, task) => log.error({ err: error, task, reference: errorReference() }, 'a task failed'),
    onDone: (task, isDone, ms) => {
      metrics.taskRuns.inc({ task, result: isDone ? 'done' : 'failed' });
      metrics.taskTime.inc({ task }, ms / 1_000);
    },
  });
}

/** Starts the loaded scheduled tasks. */
export async function startTasks(scheduler: TaskScheduler): Promise<void> {
  await scheduler.start(container.stores.get('scheduled-tasks').values());
}
