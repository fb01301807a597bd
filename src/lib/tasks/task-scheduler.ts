import {
  createPostgresBackend,
  Queue,
  runMigrations,
  Worker,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
  type RepeatOptions,
} from 'bullmq';
import type pg from 'pg';
import type { Log } from '#lib/logging/logger';

/** What the scheduler needs of a task; Sapphire's ScheduledTask pieces have it. */
export interface Task {
  readonly name: string;
  readonly interval: number | null;
  readonly pattern: string | null;
  readonly timezone: string;
  run(payload: unknown): unknown;
}

interface TaskSchedulerOptions {
  readonly pool: pg.Pool;
  readonly log: Log;
  /** Told of each failure of a task; the job counts as failed and the next tick comes all the same. */
  readonly onError: (error: unknown, taskName: string) => void;
  readonly queueName?: string;
}

type PostgresQueue = Queue<
  object,
  void,
  string,
  object,
  void,
  string,
  PostgresQueueBackend,
  PostgresConnectionOptions
>;
type PostgresWorker = Worker<object, void, string, PostgresQueueBackend, never, PostgresConnectionOptions>;

/** Tasks that may run at once in one process, so that a slow one does not hold up the others. */
const CONCURRENCY = 10;
/** How long a worker may be silent before its job counts as abandoned, in ms. */
const LOCK_MS = 30_000;
/** Failed jobs kept for whoever looks into them. Finished ones say nothing and go at once. */
const KEPT_FAILED_JOBS = 50;

/**
 * Runs repeated tasks on BullMQ's PostgreSQL backend: each tick goes to one of the processes that share the database.
 * Jobs carry no data: what is due lives in rows, and a task is a sweep over them.
 *
 * In place of the plugin's handler, which starts a worker before any task is loaded, runs one task at a time, never closes
 * and registers repetition in a way that BullMQ 6 no longer knows.
 */
export class TaskScheduler {
  readonly #options: TaskSchedulerOptions;
  readonly #queueName: string;
  readonly #tasks = new Map<string, Task>();
  readonly #running = new Map<string, Promise<unknown>>();
  #queue: PostgresQueue | null = null;
  #worker: PostgresWorker | null = null;

  constructor(options: TaskSchedulerOptions) {
    this.#options = options;
    this.#queueName = options.queueName ?? 'alphapy-tasks';
  }

  /** Creates or updates the queue's own tables. Safe to run in several processes at once. */
  static async migrate(pool: pg.Pool): Promise<void> {
    const client = await pool.connect();
    try {
      await runMigrations(client);
    } finally {
      client.release();
    }
  }

  /**
   * Begins to work. Schedules of tasks that no longer exist are removed, changed ones replaced. Call it once everything
   * a task needs is there, for a tick may come at once.
   */
  async start(tasks: Iterable<Task>): Promise<void> {
    for (const task of tasks) this.#tasks.set(task.name, task);
    const settings = { connection: this.#options.pool };
    const queue: PostgresQueue = new Queue(this.#queueName, settings, createPostgresBackend);
    queue.on('error', (error) => this.#options.log.warn({ err: error }, 'task queue: connection trouble'));
    this.#queue = queue;

    for (const { key } of await queue.getJobSchedulers())
      if (this.#repeatOf(key) === null) await queue.removeJobScheduler(key);
    for (const name of this.#tasks.keys()) {
      const repeat = this.#repeatOf(name);
      if (repeat === null) continue;
      await queue.upsertJobScheduler(name, repeat, {
        name,
        opts: { removeOnComplete: true, removeOnFail: KEPT_FAILED_JOBS },
      });
    }

    const worker: PostgresWorker = new Worker(
      this.#queueName,
      async (job) => {
        const task = this.#tasks.get(job.name);
        if (task === undefined) throw new Error(`there is no task ${job.name}`);
        // A tick that finds its task still at work has nothing to add: the running sweep takes all that is due.
        if (!this.#running.has(task.name)) await this.#run(task);
      },
      { ...settings, concurrency: CONCURRENCY, lockDuration: LOCK_MS },
      createPostgresBackend,
    );
    worker.on('error', (error) => this.#options.log.warn({ err: error }, 'task worker: connection trouble'));
    this.#worker = worker;
    await worker.waitUntilReady();
  }

  /** Runs every task once, after those at work have ended: when the clock was moved by hand. */
  async runAll(): Promise<void> {
    await Promise.allSettled(this.#running.values());
    await Promise.allSettled([...this.#tasks.values()].map((task) => this.#run(task)));
  }

  /** The names of tasks that have a schedule in the database. */
  async scheduled(): Promise<string[]> {
    const schedulers = (await this.#queue?.getJobSchedulers()) ?? [];
    return schedulers.map(({ key }) => key);
  }

  /** Takes no more ticks and waits for those at work, at most this long. A second call does nothing. */
  async close(timeoutMs: number): Promise<void> {
    const [worker, queue] = [this.#worker, this.#queue];
    this.#worker = null;
    this.#queue = null;
    if (worker !== null) await within(timeoutMs, worker.close(), () => worker.close(true));
    await queue?.close();
  }

  #repeatOf(name: string): Omit<RepeatOptions, 'key'> | null {
    const task = this.#tasks.get(name);
    if (task === undefined) return null;
    if (task.interval !== null) return { every: task.interval };
    return task.pattern === null ? null : { pattern: task.pattern, tz: task.timezone };
  }

  async #run(task: Task): Promise<void> {
    const run = (async () => task.run(undefined))();
    this.#running.set(task.name, run);
    try {
      await run;
    } catch (error) {
      this.#options.onError(error, task.name);
      throw error;
    } finally {
      if (this.#running.get(task.name) === run) this.#running.delete(task.name);
    }
  }
}

async function within(
  timeoutMs: number,
  work: Promise<unknown>,
  orElse: () => Promise<unknown>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<'expired'>((resolve) => {
    timer = setTimeout(() => resolve('expired'), timeoutMs);
  });
  const outcome = await Promise.race([work.then(() => 'done' as const), expired]);
  clearTimeout(timer);
  if (outcome === 'expired') await orElse();
}
