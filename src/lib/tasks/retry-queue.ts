import {
  createPostgresBackend,
  Queue,
  Worker,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
} from 'bullmq';
import type pg from 'pg';
import { errorReference } from '#lib/errors/classify';
import type { Log } from '#lib/logging/logger';
import { JOB_STATES, RECOVERY, within } from './task-scheduler.ts';

interface RetryQueueOptions {
  readonly name: string;
  readonly pool: pg.Pool;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** How often a job is tried at most. */
  readonly attempts: number;
  /** How many are worked on at once in one process. */
  readonly concurrency: number;
}

/** A job is to be tried again after some time. */
export class TryLater extends Error {
  constructor(readonly waitMs: number) {
    super('to be tried again');
    this.name = 'TryLater';
  }
}

/** A job says which row it is about, and no more. */
interface Job {
  readonly row: string;
}

type JobsQueue = Queue<Job, void, string, Job, void, string, PostgresQueueBackend, PostgresConnectionOptions>;
type JobsWorker = Worker<Job, void, string, PostgresQueueBackend, never, PostgresConnectionOptions>;

/**
 * Comes back to rows after a while, on BullMQ's PostgreSQL backend: each job goes to one of the processes that share the database. What is
 * due lives in the row, and a sweep takes what no job came for; so a job that is lost or comes twice does no harm.
 */
export class RetryQueue {
  readonly #options: RetryQueueOptions;
  #queue: JobsQueue | null = null;
  #worker: JobsWorker | null = null;

  constructor(options: RetryQueueOptions) {
    this.#options = options;
  }

  /**
   * Begins to work.
   * @param work does what a row needs; throws {@link TryLater} when it could not yet.
   */
  async start(work: (row: string) => Promise<void>): Promise<void> {
    const { name, pool, log, concurrency } = this.#options;
    const connection = { connection: pool };
    const queue: JobsQueue = new Queue(name, connection, createPostgresBackend);
    queue.on('error', (error) => log.warn({ err: error, queue: name }, 'queue: connection trouble'));
    this.#queue = queue;
    const worker: JobsWorker = new Worker(
      name,
      async ({ data }) => {
        try {
          await work(data.row);
        } catch (error) {
          if (!(error instanceof TryLater))
            log.error({ err: error, queue: name, reference: errorReference() }, 'a job failed');
          throw error;
        }
      },
      {
        ...connection,
        ...RECOVERY,
        concurrency,
        settings: {
          backoffStrategy: (_attempts, _type, error) =>
            error instanceof TryLater ? error.waitMs : RECOVERY.lockDuration,
        },
      },
      createPostgresBackend,
    );
    worker.on('error', (error) => log.warn({ err: error, queue: name }, 'queue: connection trouble'));
    this.#worker = worker;
    await worker.waitUntilReady();
  }

  /** Comes back to a row after some time. Where that cannot be noted, the sweep over the rows does it. */
  async add(row: string, waitMs: number): Promise<void> {
    const { name, log, attempts } = this.#options;
    try {
      await this.#queue?.add(
        'row',
        { row },
        {
          delay: waitMs,
          attempts,
          backoff: { type: 'custom' },
          removeOnComplete: true,
          removeOnFail: true,
        },
      );
    } catch (error) {
      log.warn({ err: error, queue: name }, 'queue: a job could not be added');
    }
  }

  /** How many jobs are in each state; none before the start. @throws what the database throws. */
  async counts(): Promise<Readonly<Record<string, number>>> {
    return (await this.#queue?.getJobCounts(...JOB_STATES)) ?? {};
  }

  /** Takes no more jobs and waits for those at work, at most this long. A second call does nothing. */
  async close(timeoutMs: number): Promise<void> {
    const [worker, queue] = [this.#worker, this.#queue];
    this.#worker = null;
    this.#queue = null;
    if (worker !== null) await within(timeoutMs, worker.close());
    await queue?.close();
  }
}
