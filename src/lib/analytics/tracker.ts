import type { Database } from '#lib/database/database';
import { classifyError } from '#lib/errors/classify';
import type { Log } from '#lib/logging/logger';
import type { ErasedPerson } from '#lib/privacy/erase';
import { within } from '#lib/tasks/task-scheduler';
import type { Use } from './use.ts';

/** Uses that wait to be written, at most; the oldest go first. */
export const QUEUE_MAX = 10_000;
/** As many go into one statement, and so many waiting are written at once. */
const BATCH_MAX = 1_000;
const FLUSH_EVERY_MS = 30_000;

interface TrackerOptions {
  readonly db: Database;
  readonly log: Log;
  readonly queueMax?: number;
}

/**
 * Notes what people use. Noting costs nobody a query: it waits in memory and is written many at a time, one write after another, and
 * a row that the database does not take holds up no other.
 */
export class CommandTracker {
  readonly #db: Database;
  readonly #log: Log;
  readonly #queueMax: number;
  #queue: Use[] = [];
  #flushing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #dropped = 0;
  #setAside = 0;

  constructor({ db, log, queueMax = QUEUE_MAX }: TrackerOptions) {
    this.#db = db;
    this.#log = log;
    this.#queueMax = queueMax;
  }

  /** Uses that wait to be written. */
  get size(): number {
    return this.#queue.length;
  }

  /** Uses that were lost because too many waited. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Uses that the database did not take. */
  get setAside(): number {
    return this.#setAside;
  }

  /** Begins to write every 30 seconds. */
  start(): void {
    this.#timer ??= setInterval(() => void this.flush(), FLUSH_EVERY_MS).unref();
  }

  /** Notes a use, to be written soon. */
  add(use: Use): void {
    this.#queue.push(use);
    this.#dropOldest();
    // While a database is away the next try comes with the timer.
    if (this.#queue.length === BATCH_MAX) void this.flush();
  }

  /**
   * Lets go what waits of somebody who is erased. Ends when nothing of theirs is on its way to the database any more either, so that an
   * erasure that waits for it finds all there is.
   */
  async forget(person: ErasedPerson): Promise<void> {
    this.#letGo(person);
    while (this.#flushing !== null) {
      await this.#flushing;
      // What could not be written waits again.
      this.#letGo(person);
    }
  }

  #letGo({ userId, guildId }: ErasedPerson): void {
    this.#queue = this.#queue.filter(
      (use) => use.userId !== userId || (guildId !== null && use.guildId !== guildId),
    );
  }

  /** Writes what waits; a second call waits for the first. Never throws: what cannot be written now waits on. */
  flush(): Promise<void> {
    this.#flushing ??= this.#writeAll().finally(() => (this.#flushing = null));
    return this.#flushing;
  }

  /** Writes what waits, for at most so long, and stops. */
  async stop(timeoutMs: number): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    const write = async (): Promise<void> => {
      await this.#flushing;
      await this.flush();
    };
    await within(timeoutMs, write());
    if (this.#queue.length > 0)
      this.#log.warn({ waiting: this.#queue.length }, 'command tracking: not everything could be written');
  }

  async #writeAll(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, BATCH_MAX);
      const left = await this.#write(batch);
      if (left.length === 0) continue;
      this.#queue = [...left, ...this.#queue];
      this.#dropOldest();
      return;
    }
  }

  /** Writes these, halving them around a row that is not taken. @returns those that are to be tried again. */
  async #write(batch: readonly Use[]): Promise<readonly Use[]> {
    try {
      await writeUses(this.#db, batch);
      return [];
    } catch (error) {
      if (classifyError(error) === 'database') {
        this.#log.warn({ err: error, waiting: batch.length }, 'command tracking: the database is away');
        return batch;
      }
      if (batch.length === 1) {
        this.#setAside += 1;
        this.#log.warn({ err: error, setAside: this.#setAside }, 'command tracking: a row was not taken');
        return [];
      }
      const middle = Math.floor(batch.length / 2);
      const left = await this.#write(batch.slice(0, middle));
      return [...left, ...(left.length > 0 ? batch.slice(middle) : await this.#write(batch.slice(middle)))];
    }
  }

  #dropOldest(): void {
    const over = this.#queue.length - this.#queueMax;
    if (over <= 0) return;
    this.#queue.splice(0, over);
    if (this.#dropped === 0) this.#log.warn('command tracking: too many wait, the oldest are dropped');
    this.#dropped += over;
  }
}

/** One that was written before, by a write whose answer was lost, is not written again. */
async function writeUses(db: Database, uses: readonly Use[]): Promise<void> {
  await db
    .insertInto('audit_logs')
    .values(
      uses.map((use) => ({
        guild_id: use.guildId ?? '0',
        user_id: use.userId,
        command_name: use.name,
        command_type: use.type,
        success: use.failure === null,
        failure: use.failure?.kind ?? null,
        error_message: use.failure?.sentence ?? null,
        duration_ms: use.durationMs,
        correlation_id: use.correlationId,
        created_at: use.at,
      })),
    )
    .onConflict((conflict) => conflict.column('correlation_id').doNothing())
    .execute();
}
