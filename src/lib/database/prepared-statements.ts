import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import type { DatabaseLog } from './log.ts';

/**
 * From here on a statement is prepared: what comes now and then is not, for a connection keeps what was prepared (some 60 KB each
 * in the server, measured) until it ends.
 */
const USES_A_MINUTE = 20;
const MINUTE_MS = 60_000;
/** More than there are statements that come often. */
const MAX_PREPARED = 50;
/** Texts that are counted in a minute: a list of values of each length is a text of its own. */
const MAX_COUNTED = 1_000;
const CAN_BE_PREPARED = /^(select|insert|update|delete|with)\b/;

/** What the server says when a prepared statement cannot be used; nothing of the statement was done then. */
const UNUSABLE: ReadonlySet<unknown> = new Set([
  // feature_not_supported, "cached plan must not change result type": another process has migrated meanwhile.
  '0A000',
  // invalid_sql_statement_name and duplicate_prepared_statement: a pooler in between gave us another session.
  '26000',
  '42P05',
]);

/**
 * Has the server keep the plans of statements that come often: to plan one that reads a few rows by an index takes it longer than to
 * run it. For PostgreSQL alone: the embedded database has one session for all.
 */
export class PreparedStatements {
  readonly #log: DatabaseLog;
  readonly #names = new Map<string, string>();
  readonly #uses = new Map<string, number>();
  #countedSince = performance.now();
  #isOff = false;

  constructor(log: DatabaseLog) {
    this.#log = log;
  }

  /** @returns a pool for Kysely whose statements are prepared once they come often. */
  over(pool: Pool): PostgresPool {
    const clients = new WeakMap<PoolClient, PostgresPoolClient>();
    return {
      options: pool.options,
      end: () => pool.end(),
      connect: async () => {
        const client = await pool.connect();
        const known = clients.get(client) ?? this.#clientOver(client);
        clients.set(client, known);
        return known;
      },
    };
  }

  #clientOver(client: PoolClient): PostgresPoolClient {
    // Kysely asks for rows of any kind, and for cursors only where one was given to it.
    const query = (text: string, values: unknown[]): Promise<unknown> => this.#run(client, text, values);
    return { query: query as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) };
  }

  async #run(client: PoolClient, text: string, values: unknown[]): Promise<unknown> {
    const name = this.#nameOf(text);
    if (name === undefined) return client.query(text, values);
    try {
      return await client.query({ name, text, values });
    } catch (error) {
      if (!(error instanceof DatabaseError) || !UNUSABLE.has(error.code)) throw error;
      this.#isOff = true;
      this.#log.warn({ err: error }, 'the database does not keep prepared statements; going on without them');
      // A transaction is over with its first error; then it is that one which says why.
      return client.query(text, values).catch(() => Promise.reject(error));
    }
  }

  #nameOf(text: string): string | undefined {
    if (this.#isOff) return undefined;
    const name = this.#names.get(text);
    if (name !== undefined || !CAN_BE_PREPARED.test(text)) return name;
    if (this.#names.size >= MAX_PREPARED || this.#count(text) < USES_A_MINUTE) return undefined;
    const newName = `alphapy_${this.#names.size}`;
    this.#names.set(text, newName);
    return newName;
  }

  #count(text: string): number {
    const now = performance.now();
    if (now - this.#countedSince >= MINUTE_MS || this.#uses.size >= MAX_COUNTED) {
      this.#uses.clear();
      this.#countedSince = now;
    }
    const uses = (this.#uses.get(text) ?? 0) + 1;
    this.#uses.set(text, uses);
    return uses;
  }
}
