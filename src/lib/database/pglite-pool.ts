import type { PGlite } from '@electric-sql/pglite';
import { Client, Pool, type ClientConfig, type PoolClient } from 'pg';
import { PGliteSession } from './pglite-session.ts';
import { PGliteSocket, type SocketLimits } from './pglite-socket.ts';
import { valueTypes } from './value-types.ts';

export interface PGlitePoolOptions {
  /** Most clients at a time. A client costs next to nothing here. */
  readonly max?: number;
  /** How long a caller waits for a client, and a statement for another client's transaction, before it fails. */
  readonly connectionTimeoutMillis?: number;
  /** How long a transaction may stay open without a statement before it is rolled back. */
  readonly idleInTransactionTimeoutMs?: number;
}

const DEFAULT_OPTIONS = {
  max: 50,
  connectionTimeoutMillis: 10_000,
  idleInTransactionTimeoutMs: 60_000,
} satisfies Required<PGlitePoolOptions>;

/**
 * A `pg.Pool` over PGlite, PostgreSQL in this process. Its clients are `pg`'s own, so a caller (Kysely, BullMQ) cannot
 * tell the difference; {@link PGliteSession} says what they share. Unlike `pg`, a client released inside a transaction is
 * rolled back. `end()` leaves PGlite open: whoever opened it closes it.
 */
export class PGlitePool extends Pool {
  readonly #session: PGliteSession;
  readonly #limits: SocketLimits;

  constructor(pglite: PGlite, options: PGlitePoolOptions = {}) {
    const { max, connectionTimeoutMillis, idleInTransactionTimeoutMs } = { ...DEFAULT_OPTIONS, ...options };
    const session = new PGliteSession(pglite);
    const limits = { waitTimeoutMs: connectionTimeoutMillis, idleInTransactionTimeoutMs };
    super({ ...clientConfig(session, limits), max, connectionTimeoutMillis });
    this.#session = session;
    this.#limits = limits;
    this.on('release', (_error, client) => socketOf(client)?.rollBackAbandoned());
  }

  /** A client of its own, outside the pool, as `new Client()` is on PostgreSQL. Not connected yet. */
  createClient(): Client {
    return new Client(clientConfig(this.#session, this.#limits));
  }
}

/** Everything that `pg` would otherwise take from PG… variables of the environment is named here. */
function clientConfig(session: PGliteSession, limits: SocketLimits): ClientConfig {
  return {
    host: 'embedded',
    port: 5432,
    user: 'postgres',
    database: 'postgres',
    password: '',
    ssl: false,
    types: valueTypes,
    stream: () => new PGliteSocket(session, limits),
  };
}

function socketOf(client: PoolClient): PGliteSocket | null {
  const { connection } = client as unknown as { connection?: { stream?: unknown } };
  return connection?.stream instanceof PGliteSocket ? connection.stream : null;
}
