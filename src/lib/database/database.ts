import type { PGlite } from '@electric-sql/pglite';
import type { DB } from '#db/types';
import { Kysely, PostgresDialect, sql, type PostgresPool } from 'kysely';
import type pg from 'pg';
import { ChannelListener } from './channel-listener.ts';
import { openEmbedded } from './embedded.ts';
import type { DatabaseLog } from './log.ts';
import { logLostConnections } from './lost-connections.ts';
import { startEmbeddedMaintenance } from './maintenance.ts';
import { migrateToLatest } from './migrate.ts';
import { PGlitePool } from './pglite-pool.ts';
import { PreparedStatements } from './prepared-statements.ts';
import {
  checkPostgres,
  createPostgresClient,
  createPostgresPool,
  SEARCH_PATH,
  WORDS_ALIKE,
} from './postgres.ts';

export type Database = Kysely<DB>;

export interface DatabaseOptions {
  /** postgres://…; null for the embedded database. */
  readonly url: string | null;
  /** Where the embedded database lies; not used with a url. */
  readonly dataDirectory: string;
  readonly log: DatabaseLog;
  /** False leaves the schema as it is. */
  readonly migrate?: boolean;
}

export interface OpenDatabase {
  readonly db: Database;
  /** For what is not ours to write in Kysely: the task queue. Close its users before the database. */
  readonly pool: pg.Pool;
  readonly kind: 'postgres' | 'embedded';
  /**
   * Calls `handler` with the payload of each notification of the channel, and `onLost` after a time in which some
   * may have been missed, when it listens again: whatever was remembered may be out of date.
   * @returns a function that ends it.
   */
  readonly listen: (
    channel: string,
    handler: (payload: string) => void,
    onLost: () => void,
  ) => Promise<() => Promise<void>>;
  /** Whether a statement gets through within this time. */
  readonly isHealthy: (timeoutMs: number) => Promise<boolean>;
  /** Applies the migrations that are missing. @throws DatabaseStartError; nothing was changed then. */
  readonly migrate: () => Promise<void>;
  /** Ends all connections, waiting a while for those in use; a second call waits for the first. */
  readonly close: () => Promise<void>;
}

/** Bytes that PostgreSQL lets a notification carry. */
const MAX_PAYLOAD_BYTES = 7_999;
/** Longer than people wait for without noticing. */
const SLOW_QUERY_MS = 1_000;
const LOGGED_SQL_MAX = 500;
const CHECKPOINT_EVERY_MS = 5 * 60_000;
const VACUUM_EVERY_MS = 60 * 60_000;
/** A stop has ten seconds in all. */
const CLOSE_TIMEOUT_MS = 4_000;

/**
 * Opens the bot's database and brings its schema up to date.
 * @throws DatabaseStartError: one sentence for the person who starts the bot, with the fix.
 */
export function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const { url, dataDirectory, log, migrate = true } = options;
  return url === null ? openEmbeddedDatabase(dataDirectory, log, migrate) : openPostgres(url, log, migrate);
}

/**
 * Sends a notification; inside a transaction it goes out with the commit.
 * @throws RangeError when the payload is too long for PostgreSQL.
 */
export async function notify(db: Database, channel: string, payload = ''): Promise<void> {
  if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) {
    throw new RangeError(`a notification carries at most ${MAX_PAYLOAD_BYTES} bytes`);
  }
  await sql`select pg_notify(${channel}, ${payload})`.execute(db);
}

async function openPostgres(url: string, log: DatabaseLog, migrate: boolean): Promise<OpenDatabase> {
  const pool = createPostgresPool(url, log);
  try {
    await checkPostgres(pool, url);
    if (migrate) await migratePostgres(url, log);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return assemble({
    pool,
    kind: 'postgres',
    createClient: () => createPostgresClient(url),
    log,
    migrate: () => migratePostgres(url, log),
  });
}

/** Apart from the pool, because a migration, and waiting for another process's, may take longer than any other statement. */
async function migratePostgres(url: string, log: DatabaseLog): Promise<void> {
  const pool = createPostgresPool(url, log, { max: 1, statementTimeoutMs: 0 });
  try {
    await migrateToLatest(kyselyOver<unknown>(pool, log), log);
  } finally {
    await pool.end();
  }
}

async function openEmbeddedDatabase(
  dataDirectory: string,
  log: DatabaseLog,
  migrate: boolean,
): Promise<OpenDatabase> {
  const { pglite, close } = await openEmbedded(dataDirectory);
  try {
    const database = await databaseOver(pglite, log, close);
    if (migrate) await database.migrate();
    return database;
  } catch (error) {
    await close();
    throw error;
  }
}

/** A database over a PGlite that is open already; `closePGlite` is called last when it is closed. */
export async function databaseOver(
  pglite: PGlite,
  log: DatabaseLog,
  closePGlite: () => Promise<void>,
): Promise<OpenDatabase> {
  await pglite.exec(
    `set search_path = ${SEARCH_PATH}; set timezone = 'UTC'; set pg_trgm.word_similarity_threshold = ${WORDS_ALIKE}`,
  );
  const pool = new PGlitePool(pglite);
  logLostConnections(pool, log);
  const stopMaintenance = startEmbeddedMaintenance(pool, {
    checkpointEveryMs: CHECKPOINT_EVERY_MS,
    vacuumEveryMs: VACUUM_EVERY_MS,
    log,
  });
  return assemble({
    pool,
    kind: 'embedded',
    createClient: () => pool.createClient(),
    log,
    migrate: () => migrateToLatest(kyselyOver<unknown>(pool, log), log),
    afterwards: closePGlite,
    stopMaintenance,
  });
}

interface Assembled extends Pick<OpenDatabase, 'pool' | 'kind' | 'migrate'> {
  readonly createClient: () => pg.Client;
  readonly log: DatabaseLog;
  readonly afterwards?: () => Promise<void>;
  readonly stopMaintenance?: () => Promise<void>;
}

function assemble(parts: Assembled): OpenDatabase {
  const { pool, kind, createClient, log, migrate, afterwards, stopMaintenance } = parts;
  const listener = new ChannelListener(createClient, log);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await stopMaintenance?.();
    await listener.close();
    if (!(await within(CLOSE_TIMEOUT_MS, pool.end()))) {
      log.warn({ inUse: pool.totalCount }, 'closing the database although connections are still in use');
    }
    await afterwards?.();
  };
  return {
    db: kyselyOver<DB>(kind === 'postgres' ? new PreparedStatements(log).over(pool) : pool, log),
    pool,
    kind,
    listen: (channel, handler, onLost) => listener.listen(channel, { handler, onLost }),
    migrate,
    isHealthy: (timeoutMs) => within(timeoutMs, pool.query('select 1')).catch(() => false),
    close: () => (closing ??= close()),
  };
}

function kyselyOver<Schema>(pool: PostgresPool, log: DatabaseLog): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: new PostgresDialect({ pool }),
    // The statement alone: what it carries is people's.
    log: ({ level, query, queryDurationMillis }) => {
      const details = {
        sql: query.sql.slice(0, LOGGED_SQL_MAX),
        durationMs: Math.round(queryDurationMillis),
      };
      if (queryDurationMillis >= SLOW_QUERY_MS) log.info(details, 'a slow query');
      else log.debug(details, level === 'error' ? 'a query failed' : 'a query');
    },
  });
}

/** Whether the work is done within the time; it goes on in any case. */
async function within(timeoutMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  // Late failures of work that nobody waits for any more must not end the process.
  work.catch(() => {});
  const done = await Promise.race([work.then(() => true), timeout]).finally(() => clearTimeout(timer));
  return done;
}
