import {
  createPostgresBackend,
  Queue,
  runMigrations,
  Worker,
  type JobSchedulerJson,
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
  /** Told of each run of a task in this process. */
  readonly onDone?: (taskName: string, isDone: boolean, ms: number) => void;
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
/**
 * What makes a worker come back by itself after the database was away: how long it waits before it asks again, how long it may
 * be silent before its job counts as abandoned, and how often that is looked for. A job that is abandoned carries the next
 * tick of its task, so none may be given up, however often it happens; running a sweep once more does no harm.
 */
export const RECOVERY = {
  runRetryDelay: 1_000,
  lockDuration: 6_000,
  stalledInterval: 3_000,
  maxStalledCount: 1_000_000,
};
/** What a job may be at, as far as it is counted. */
export const JOB_STATES = ['waiting', 'active', 'delayed', 'failed'] as const;
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

    await this.#register(queue);

    const worker: PostgresWorker = new Worker(
      this.#queueName,
      async (job) => {
        const task = this.#tasks.get(job.name);
        // A last tick may be left of a task that is gone. One that finds its task still at work has nothing to add: the
        // running sweep takes all that is due.
        if (task !== undefined && !this.#running.has(task.name)) await this.#run(task);
      },
      { ...settings, ...RECOVERY, concurrency: CONCURRENCY },
      createPostgresBackend,
    );
    worker.on('error', (error) => this.#options.log.warn({ err: error }, 'task worker: connection trouble'));
    this.#worker = worker;
    await worker.waitUntilReady();
  }

  /**
   * Runs tasks once, after those at work have ended: when the clock was moved by hand.
   * @param isWanted which; all when left out.
   */
  async runAll(isWanted: (name: string) => boolean = () => true): Promise<void> {
    await Promise.allSettled(this.#running.values());
    const tasks = [...this.#tasks.values()].filter(({ name }) => isWanted(name));
    await Promise.allSettled(tasks.map((task) => this.#run(task)));
  }

  /** Whether ticks are taken. */
  get isWorking(): boolean {
    return this.#worker?.isRunning() === true;
  }

  /** The names of tasks that have a schedule in the database. */
  async scheduled(): Promise<string[]> {
    const schedulers = (await this.#queue?.getJobSchedulers()) ?? [];
    return schedulers.map(({ key }) => key);
  }

  /** How many jobs are in each state; none before the start. @throws what the database throws. */
  async counts(): Promise<Readonly<Record<string, number>>> {
    return (await this.#queue?.getJobCounts(...JOB_STATES)) ?? {};
  }

  /** Takes no more ticks and waits for those at work, at most this long. A second call does nothing. */
  async close(timeoutMs: number): Promise<void> {
    const [worker, queue] = [this.#worker, this.#queue];
    this.#worker = null;
    this.#queue = null;
    // Nothing can be asked of a worker that is closing: after the time it is left to itself.
    if (worker !== null) await within(timeoutMs, worker.close());
    await queue?.close();
  }

  /** Brings the schedules up to date. Processes that start together take turns, or each would add a first tick. */
  async #register(queue: PostgresQueue): Promise<void> {
    const client = await this.#options.pool.connect();
    try {
      await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [this.#queueName]);
      const known = new Map((await queue.getJobSchedulers()).map((schedule) => [schedule.key, schedule]));
      // A changed one is made anew as well: BullMQ keeps the offset that it worked out for the old interval, and after a late tick
      // of a shorter one would wait for as long as that.
      for (const [name, schedule] of known)
        if (!isSame(schedule, this.#repeatOf(name))) await queue.removeJobScheduler(name);
      for (const name of this.#tasks.keys()) {
        const repeat = this.#repeatOf(name);
        if (repeat === null || (await isWaiting(queue, known.get(name), repeat))) continue;
        await queue.upsertJobScheduler(name, repeat, {
          name,
          opts: { removeOnComplete: true, removeOnFail: KEPT_FAILED_JOBS },
        });
      }
    } finally {
      // With the connection goes the lock, whatever happened.
      client.release(true);
    }
  }

  #repeatOf(name: string): Repeat | null {
    const task = this.#tasks.get(name);
    if (task === undefined) return null;
    if (task.interval !== null) return { every: task.interval };
    return task.pattern === null ? null : { pattern: task.pattern, tz: task.timezone };
  }

  async #run(task: Task): Promise<void> {
    const run = (async () => task.run(undefined))();
    this.#running.set(task.name, run);
    const begun = performance.now();
    let isDone = false;
    try {
      await run;
      isDone = true;
    } catch (error) {
      this.#options.onError(error, task.name);
      throw error;
    } finally {
      this.#options.onDone?.(task.name, isDone, performance.now() - begun);
      if (this.#running.get(task.name) === run) this.#running.delete(task.name);
    }
  }
}

type Repeat = Omit<RepeatOptions, 'key'>;

function isSame(known: JobSchedulerJson<object>, repeat: Repeat | null): boolean {
  return (
    repeat !== null &&
    known.every === repeat.every &&
    known.pattern === repeat.pattern &&
    known.tz === repeat.tz
  );
}

/**
 * Whether a pattern's next tick is in the queue already. Registering the pattern again would put off a tick that came due
 * while nothing ran; with an interval it does not.
 */
async function isWaiting(
  queue: PostgresQueue,
  known: JobSchedulerJson<object> | undefined,
  repeat: Repeat,
): Promise<boolean> {
  if (repeat.pattern === undefined || known === undefined || !isSame(known, repeat)) return false;
  return (await queue.getJob(`repeat:${known.key}:${known.next}`)) !== undefined;
}

/** Waits for the work, at most this long. */
export async function within(timeoutMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([work, expired]);
  clearTimeout(timer);
}
