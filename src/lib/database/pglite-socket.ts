import { Duplex } from 'node:stream';
import type { PGliteSession, SessionUser } from './pglite-session.ts';
import {
  errorResponse,
  readyForQuery,
  splitMessages,
  sqlOf,
  welcome,
  type WireMessage,
} from './wire-messages.ts';

export interface SocketLimits {
  /** How long a statement waits for another client's transaction to end before it fails; 0 waits for ever. */
  readonly waitTimeoutMs: number;
  /** How long a transaction may stay open without a statement before it is rolled back; 0 for ever. */
  readonly idleInTransactionTimeoutMs: number;
}

/** SQLSTATE lock_not_available. */
const LOCK_NOT_AVAILABLE = '55P03';
/** SQLSTATE idle_in_transaction_session_timeout. */
const IDLE_IN_TRANSACTION_TIMEOUT = '25P03';
/** The message types after which a client waits for the answer: query, sync, flush. */
const BATCH_ENDS = new Set(['Q', 'S', 'H']);
/** Channel names in LISTEN and UNLISTEN statements: quoted, plain, or all of them. */
const LISTEN_STATEMENT = /(?:^|;)\s*(un)?listen\s+(\*|"(?:[^"]|"")+"|[a-z_][\w$]*)/gim;

let lastProcessId = 0;

/**
 * What a `pg` client takes for its network socket: the server at the other end is PGlite in this process.
 * `pg` itself builds the requests and reads the answers, so types, errors and results are the same as with a real server.
 */
export class PGliteSocket extends Duplex implements SessionUser {
  readonly channels = new Set<string>();
  readonly #session: PGliteSession;
  readonly #limits: SocketLimits;
  readonly #batches: WireMessage[][] = [];
  #received: Buffer = Buffer.alloc(0);
  #batch: WireMessage[] = [];
  #started = false;
  #working = false;
  #inTransaction = false;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(session: PGliteSession, limits: SocketLimits) {
    super();
    this.#session = session;
    this.#limits = limits;
  }

  connect(): this {
    this.#session.join(this);
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  /** Ends the transaction that a client left open when it went back to the pool: nobody would ever end it. */
  rollBackAbandoned(): void {
    if (!this.#inTransaction) return;
    if (this.#working) {
      // A statement of the transaction is still under way; let it not be the first after the rollback.
      this.destroy();
      return;
    }
    this.#leaveTransaction();
    this.#session.giveUp(this);
  }

  receiveNotification(bytes: Buffer): void {
    if (!this.destroyed) this.push(bytes);
  }

  // A process must be able to end while clients are idle, and nothing here keeps it alive; these are for `pg`'s sake.
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    if (!this.#started) this.#readStartup();
    const { messages, rest } = splitMessages(this.#received);
    this.#received = rest;
    for (const message of messages) this.#take(message);
    void this.#work();
    done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#leave();
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#leave();
    done(error);
  }

  /** The first message has no type byte; there is nobody to identify, so any content is welcome. */
  #readStartup(): void {
    if (this.#received.length < 4) return;
    const length = this.#received.readInt32BE();
    if (this.#received.length < length) return;
    this.#received = this.#received.subarray(length);
    this.#started = true;
    this.push(welcome(++lastProcessId));
  }

  #take(message: WireMessage): void {
    // Terminate: the end of the stream follows and does the work.
    if (message.type === 'X') return;
    this.#batch.push(message);
    if (!BATCH_ENDS.has(message.type)) return;
    this.#batches.push(this.#batch);
    this.#batch = [];
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      for (let batch = this.#batches.shift(); batch; batch = this.#batches.shift()) await this.#run(batch);
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.#working = false;
    }
  }

  async #run(batch: readonly WireMessage[]): Promise<void> {
    clearTimeout(this.#idleTimer);
    if (!(await this.#session.acquire(this, this.#limits.waitTimeoutMs))) {
      const text = `the embedded database was held by another transaction for ${this.#limits.waitTimeoutMs} ms`;
      this.push(Buffer.concat([errorResponse('ERROR', LOCK_NOT_AVAILABLE, text), readyForQuery('I')]));
      return;
    }
    if (this.destroyed || this.writableEnded) {
      this.#session.giveUp(this);
      return;
    }
    const listening = listenStatements(batch);
    for (const statement of listening) if (!statement.ends) this.channels.add(statement.channel);
    const result = this.#session.run(this, Buffer.concat(batch.map((message) => message.bytes)));
    this.#followListening(listening, result.failed);
    const waitsForMore = batch.at(-1)?.type === 'H';
    this.#inTransaction = result.inTransaction;
    if (result.inTransaction) this.#watchIdleness();
    else if (!waitsForMore) this.#session.release(this);
    this.push(result.bytes);
  }

  #followListening(statements: readonly ListenStatement[], failed: boolean): void {
    for (const { ends, channel } of statements) {
      if (!ends) {
        if (failed) this.channels.delete(channel);
      } else if (channel === '*') this.channels.clear();
      else this.channels.delete(channel);
    }
    if (statements.some((statement) => statement.ends)) this.#session.restoreListening();
  }

  #watchIdleness(): void {
    if (this.#limits.idleInTransactionTimeoutMs === 0) return;
    this.#idleTimer = setTimeout(() => {
      this.rollBackAbandoned();
      const text = 'terminating connection due to idle-in-transaction timeout';
      this.push(errorResponse('FATAL', IDLE_IN_TRANSACTION_TIMEOUT, text));
      this.push(null);
      this.end();
    }, this.#limits.idleInTransactionTimeoutMs);
    this.#idleTimer.unref();
  }

  #leaveTransaction(): void {
    clearTimeout(this.#idleTimer);
    this.#inTransaction = false;
  }

  #leave(): void {
    this.#leaveTransaction();
    this.#session.leave(this);
  }
}

interface ListenStatement {
  /** True for UNLISTEN. */
  readonly ends: boolean;
  readonly channel: string;
}

function listenStatements(batch: readonly WireMessage[]): ListenStatement[] {
  return batch.flatMap((message) =>
    Array.from(sqlOf(message).matchAll(LISTEN_STATEMENT), ([, un, name = '']) => ({
      ends: un !== undefined,
      channel: name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase(),
    })),
  );
}
