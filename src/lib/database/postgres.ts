import { Client, Pool, type ClientBase, type ClientConfig } from 'pg';
import {
  DatabaseLoginError,
  DatabaseEncryptionError,
  DatabaseMissingError,
  DatabasePermissionError,
  type DatabaseStartError,
  DatabaseTooOldError,
  DatabaseUnreachableError,
  DatabaseUrlError,
} from './errors.ts';
import type { DatabaseLog } from './log.ts';
import { logLostConnections } from './lost-connections.ts';
import { valueTypes } from './value-types.ts';

/** The oldest major version that the whole test suite is run on. */
const OLDEST_POSTGRES = 15;
const APPLICATION_NAME = 'alphapy';
const MAX_CONNECTIONS = 10;
/** Longer than a busy server takes to let a client in, shorter than a person waits. */
const CONNECTION_TIMEOUT_MS = 10_000;
const IDLE_TIMEOUT_MS = 30_000;
/** No statement of the bot takes seconds; one that does is stuck behind a lock. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** A transaction without statements for this long was forgotten and holds up others. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_DELAY_MS = 10_000;

/** Our tables first; the task queue's have a schema of their own and are named without it in its statements. */
export const SEARCH_PATH = 'public, bullmq';

/** From here on two words are alike where the FAQ is searched (`<%`): "wachtwrood" and "wachtwoord" share half of their letters in threes. */
export const WORDS_ALIKE = 0.45;

export interface PostgresOptions {
  readonly max?: number;
  /** 0: a statement may take as long as it needs. */
  readonly statementTimeoutMs?: number;
}

/** A pool of connections. A connection that is lost is logged and replaced; nothing here ends the process. */
export function createPostgresPool(url: string, log: DatabaseLog, options: PostgresOptions = {}): Pool {
  const { max = MAX_CONNECTIONS, statementTimeoutMs = STATEMENT_TIMEOUT_MS } = options;
  const pool = new Pool({
    ...clientConfig(url),
    max,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    // Statements and not start-up parameters, which connection poolers refuse.
    // oxlint-disable-next-line typescript/no-misused-promises -- pg-pool waits for it, its types do not say so
    onConnect: (client) => prepareSession(client, statementTimeoutMs),
  });
  logLostConnections(pool, log);
  return pool;
}

/** A connection of its own, outside any pool. Not connected yet. */
export function createPostgresClient(url: string): Client {
  return new Client(clientConfig(url));
}

/**
 * A connection of its own that stands.
 * @throws DatabaseStartError of the kind that says why the server does not let us in.
 */
export async function connectPostgres(url: string): Promise<Client> {
  try {
    const client = createPostgresClient(url);
    await client.connect();
    return client;
  } catch (error) {
    throw startErrorOf(error, url);
  }
}

/**
 * Finds out whether the server lets us in and is new enough.
 * @throws DatabaseStartError of the kind that says what is wrong.
 */
export async function checkPostgres(pool: Pool, url: string): Promise<void> {
  let version: { number: number; text: string };
  try {
    const { rows } = await pool.query<{ number: number; text: string }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
    );
    version = rows[0] ?? { number: 0, text: 'unknown' };
  } catch (error) {
    throw startErrorOf(error, url);
  }
  if (version.number < OLDEST_POSTGRES * 10_000) throw new DatabaseTooOldError(version.text, OLDEST_POSTGRES);
}

function clientConfig(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
    types: valueTypes,
  };
}

/** Settings that our statements rely on, whatever the server, database or role say. */
async function prepareSession(client: ClientBase, statementTimeoutMs: number): Promise<void> {
  await client.query(`
    set search_path = ${SEARCH_PATH};
    set timezone = 'UTC';
    set datestyle = 'ISO, MDY';
    set pg_trgm.word_similarity_threshold = ${WORDS_ALIKE};
    set statement_timeout = ${statementTimeoutMs};
    set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_TIMEOUT_MS};
  `);
}

function startErrorOf(error: unknown, url: string): DatabaseStartError {
  const { host, port, user = '', database = '' } = addressOf(url);
  const address = host.startsWith('/') ? host : `${host}:${port}`;
  const reason =
    error instanceof Error && error.message !== '' ? error.message : String(codeOf(error) ?? error);
  switch (codeOf(error)) {
    case '28P01':
    case '28000':
      return new DatabaseLoginError(address, user, error);
    case '3D000':
      return new DatabaseMissingError(address, database, error);
    case '42501':
      return new DatabasePermissionError(reason, error);
    default:
      if (/\bSSL\b/.test(reason)) return new DatabaseEncryptionError(address, reason, error);
      return new DatabaseUnreachableError(address, reason, error);
  }
}

/**
 * Who and where an address means, after `pg`'s own defaults.
 * @throws DatabaseUrlError
 */
function addressOf(url: string): { host: string; port: number; user?: string; database?: string } {
  if (!/^postgres(ql)?:\/\//.test(url)) throw new DatabaseUrlError();
  try {
    return new Client({ connectionString: url });
  } catch {
    throw new DatabaseUrlError();
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
