import type { PGlite } from '@electric-sql/pglite';
import { channelOf, queryMessage, splitMessages, type WireMessage } from './wire-messages.ts';

/** Whoever takes turns on the session: one client's connection. */
export interface SessionUser {
  /** Channels that this client listens on. */
  readonly channels: Set<string>;
  /** Hands over a notification, as the bytes of its message. */
  receiveNotification(bytes: Buffer): void;
}

/** What one batch of messages brought about. */
export interface BatchResult {
  /** The server's answer, without notifications: those go to whoever listens. */
  readonly bytes: Buffer;
  /** Whether the session is inside a transaction now (also a failed one). */
  readonly inTransaction: boolean;
  /** Whether the server reported an error. */
  readonly failed: boolean;
}

interface Waiting {
  readonly user: SessionUser;
  readonly proceed: () => void;
}

/** Statements run synchronously; after this long the event loop gets a turn before the next one. */
const MAX_RUN_WITHOUT_YIELDING_MS = 8;

/**
 * The one session that PGlite has, shared by many clients: first come, first served, and a client keeps it for as
 * long as its transaction is open.
 *
 * PostgreSQL gives each client a session, so what belongs to a session is shared here: settings made with SET, temporary tables,
 * named prepared statements, and advisory locks of the session kind (which therefore exclude nobody in this process).
 */
export class PGliteSession {
  readonly #pglite: PGlite;
  readonly #users = new Set<SessionUser>();
  readonly #waiting: Waiting[] = [];
  #holder: SessionUser | null = null;
  /** Time that statements took since the event loop had a turn. */
  #ranMs = 0;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  join(user: SessionUser): void {
    this.#users.add(user);
  }

  /** Forgets a client: its turn ends, what it left open is rolled back, and its channels are no longer listened on. */
  leave(user: SessionUser): void {
    if (!this.#users.delete(user)) return;
    const place = this.#waiting.findIndex((waiting) => waiting.user === user);
    if (place !== -1) this.#waiting.splice(place, 1);
    const orphaned = [...user.channels].filter((channel) => !this.#isListenedOn(channel));
    if (this.#holder === user) this.giveUp(user);
    for (const channel of orphaned) void this.#whenFree(() => this.#execute(`unlisten ${quoted(channel)}`));
  }

  /**
   * Waits for the session. Holds it until {@link release}; waiting again while holding it is free.
   * @returns false when it did not become free within `timeoutMs` (0: wait for ever).
   */
  async acquire(user: SessionUser, timeoutMs: number): Promise<boolean> {
    if (this.#holder === user) return true;
    if (this.#holder === null) {
      this.#holder = user;
    } else if (!(await this.#queueUp(user, timeoutMs))) {
      return false;
    }
    if (this.#ranMs > MAX_RUN_WITHOUT_YIELDING_MS) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    return true;
  }

  /** Ends the user's turn; the next in line goes on. */
  release(user: SessionUser): void {
    if (this.#holder !== user) return;
    const next = this.#waiting.shift();
    this.#holder = next?.user ?? null;
    next?.proceed();
  }

  /** Rolls back what the user has left open and ends its turn. */
  giveUp(user: SessionUser): void {
    if (this.#holder !== user) return;
    this.#execute('rollback');
    this.release(user);
  }

  /** Runs messages of the one who holds the session. They end with a Query, Sync or Flush. */
  run(user: SessionUser, messages: Buffer): BatchResult {
    if (this.#holder !== user) throw new Error('a batch was run by a client that does not hold the session');
    return this.#exchange(messages);
  }

  /** Listens again on what other clients still want, after one client's UNLISTEN ended it for all. */
  restoreListening(): void {
    const wanted = new Set([...this.#users].flatMap((user) => [...user.channels]));
    for (const channel of wanted) this.#execute(`listen ${quoted(channel)}`);
  }

  #queueUp(user: SessionUser, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiting: Waiting = {
        user,
        proceed: () => {
          clearTimeout(timer);
          resolve(true);
        },
      };
      const giveUpWaiting = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        resolve(false);
      };
      const timer = timeoutMs > 0 ? setTimeout(giveUpWaiting, timeoutMs) : undefined;
      this.#waiting.push(waiting);
    });
  }

  #isListenedOn(channel: string): boolean {
    return [...this.#users].some((user) => user.channels.has(channel));
  }

  /** Runs something of our own between turns: inside a client's transaction it would become a part of it. */
  async #whenFree(action: () => void): Promise<void> {
    const housekeeper: SessionUser = { channels: new Set(), receiveNotification: () => {} };
    await this.acquire(housekeeper, 0);
    if (!this.#pglite.closed) action();
    this.release(housekeeper);
  }

  #execute(sql: string): void {
    this.#exchange(queryMessage(sql));
  }

  #exchange(request: Buffer): BatchResult {
    const start = performance.now();
    const response = this.#pglite.execProtocolRawSync(request);
    const { messages } = splitMessages(
      Buffer.from(response.buffer, response.byteOffset, response.byteLength),
    );
    this.#countTime(performance.now() - start);
    const answer: Buffer[] = [];
    let status = 'I';
    let failed = false;
    for (const message of messages) {
      if (message.type === 'A') {
        this.#passOn(message);
        continue;
      }
      if (message.type === 'Z') status = String.fromCharCode(message.bytes.readUInt8(5));
      if (message.type === 'E') failed = true;
      answer.push(message.bytes);
    }
    return { bytes: Buffer.concat(answer), inTransaction: status !== 'I', failed };
  }

  /** The sum ends where the event loop turns, and not where nobody waits: a pool sends the next statement right away. */
  #countTime(ms: number): void {
    if (this.#ranMs === 0) setImmediate(() => (this.#ranMs = 0));
    this.#ranMs += ms;
  }

  #passOn(notification: WireMessage): void {
    const channel = channelOf(notification);
    for (const user of this.#users) {
      if (user.channels.has(channel)) user.receiveNotification(notification.bytes);
    }
  }
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
