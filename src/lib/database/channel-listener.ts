import type pg from 'pg';
import type { DatabaseLog } from './log.ts';

export interface Subscription {
  /** Called with each payload. */
  readonly handler: (payload: string) => void;
  /** Called once after each time that the connection was lost and listens again: notifications may have been missed. */
  readonly onLost: () => void;
}

/** The first attempt comes at once: a restarted server is back before anybody looked. */
const RECONNECT_DELAYS_MS = [0, 100, 250, 500, 1_000, 2_000, 5_000];
/** A connection can die without a word (a firewall that forgets it); asking it something finds out. */
const HEARTBEAT_EVERY_MS = 30_000;
const HEARTBEAT_TIMEOUT_MS = 10_000;

/**
 * Listens on channels over one connection of its own, which it makes again whenever it is lost.
 * LISTEN belongs to a connection, so a pooled one will not do.
 */
export class ChannelListener {
  readonly #createClient: () => pg.Client;
  readonly #log: DatabaseLog;
  readonly #subscriptions = new Map<string, Set<Subscription>>();
  #connection: Promise<pg.Client> | null = null;
  /** The connection while it is known to work. */
  #current: pg.Client | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #heartbeat: NodeJS.Timeout | undefined;
  #reconnecting: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(createClient: () => pg.Client, log: DatabaseLog) {
    this.#createClient = createClient;
    this.#log = log;
  }

  /**
   * Resolves once the server sends notifications of the channel here.
   * @returns a function that ends it.
   * @throws when the server cannot be reached now.
   */
  async listen(channel: string, subscription: Subscription): Promise<() => Promise<void>> {
    if (this.#closed) throw new Error('listen after close');
    const subscriptions = this.#subscriptions.get(channel) ?? new Set();
    this.#subscriptions.set(channel, subscriptions.add(subscription));
    try {
      await this.#run(`listen ${quoted(channel)}`);
    } catch (error) {
      this.#forget(channel, subscription);
      throw error;
    }
    return async () => {
      const wasLast = this.#forget(channel, subscription);
      // A lost connection is not listening anyway.
      if (wasLast && !this.#closed) await this.#run(`unlisten ${quoted(channel)}`).catch(() => {});
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#reconnecting);
    await this.#current?.end();
  }

  /** Takes a subscription out; true when it was the channel's last. */
  #forget(channel: string, subscription: Subscription): boolean {
    const subscriptions = this.#subscriptions.get(channel);
    subscriptions?.delete(subscription);
    if (subscriptions?.size !== 0) return false;
    return this.#subscriptions.delete(channel);
  }

  /** One statement after the other: `pg` will stop queueing them itself. */
  #run(sql: string): Promise<unknown> {
    const result = this.#queue.then(async () => (await this.#connect()).query(sql));
    this.#queue = result.catch(() => {});
    return result;
  }

  #connect(): Promise<pg.Client> {
    this.#connection ??= this.#open().catch((error: unknown) => {
      this.#connection = null;
      throw error;
    });
    return this.#connection;
  }

  async #open(): Promise<pg.Client> {
    const client = this.#createClient();
    client.on('notification', ({ channel, payload = '' }) => this.#deliver(channel, payload));
    client.on('error', (error) => this.#lost(client, error));
    client.once('end', () => this.#lost(client, new Error('the connection ended')));
    try {
      await client.connect();
      for (const channel of this.#subscriptions.keys()) await client.query(`listen ${quoted(channel)}`);
      if (this.#closed) throw new Error('closed while connecting');
    } catch (error) {
      client.end().catch(() => {});
      throw error;
    }
    this.#current = client;
    clearInterval(this.#heartbeat);
    this.#heartbeat = setInterval(() => void this.#check(client), HEARTBEAT_EVERY_MS).unref();
    return client;
  }

  #lost(client: pg.Client, error: Error): void {
    if (this.#closed || this.#current !== client) return;
    this.#current = null;
    this.#connection = null;
    clearInterval(this.#heartbeat);
    this.#log.warn({ err: error }, 'listening connection lost');
    client.end().catch(() => {});
    this.#reconnect(0);
  }

  #reconnect(attempt: number): void {
    const delay = RECONNECT_DELAYS_MS[attempt] ?? RECONNECT_DELAYS_MS.at(-1);
    this.#reconnecting = setTimeout(() => {
      this.#run('select 1').then(
        () => this.#listensAgain(),
        (error: unknown) => {
          this.#log.debug({ err: error }, 'listening connection not back yet');
          if (!this.#closed) this.#reconnect(attempt + 1);
        },
      );
    }, delay);
  }

  #listensAgain(): void {
    this.#log.info({}, 'listening connection is back');
    for (const subscriptions of this.#subscriptions.values()) {
      for (const { onLost } of subscriptions) this.#safely(onLost);
    }
  }

  #deliver(channel: string, payload: string): void {
    for (const { handler } of this.#subscriptions.get(channel) ?? []) this.#safely(() => handler(payload));
  }

  /** One subscriber's mistake must not reach the others, nor end the process. */
  #safely(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#log.error({ err: error }, 'a notification handler failed');
    }
  }

  async #check(client: pg.Client): Promise<void> {
    const silence = new Promise((_resolve, reject) => {
      setTimeout(() => reject(new Error('no answer to a heartbeat')), HEARTBEAT_TIMEOUT_MS).unref();
    });
    try {
      await Promise.race([this.#run('select 1'), silence]);
    } catch (error) {
      this.#lost(client, error instanceof Error ? error : new Error(String(error)));
    }
  }
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
