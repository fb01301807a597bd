import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { databaseOver, openDatabase, type OpenDatabase } from '../../src/lib/database/database.ts';
import { openEmpty } from './embedded.ts';
import { EMPTY_TABLES } from './empty-tables.ts';
import { quietLog } from './quiet-log.ts';

export interface TestDatabase extends OpenDatabase {
  /** Where it is; null for the embedded one, which is in memory. */
  readonly url: string | null;
  /** A second process's view of the same database, closed with the first. PostgreSQL only. */
  readonly open: () => Promise<OpenDatabase>;
  /** Empties all of our tables and begins their ids again. */
  readonly empty: () => Promise<void>;
}

/** Whether the tests run on a real PostgreSQL (`npm run test:postgres`). */
export const onPostgres = inject('databaseTemplate') !== null;

/**
 * A migrated database of the calling test file's (or describe's) own: embedded in memory, or on PostgreSQL when the tests run there.
 * @returns a getter, for use inside tests and hooks.
 */
export function useDatabase(): () => TestDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database?.close());
  return () => {
    if (database === undefined) throw new Error('the database is there in tests and hooks only');
    return database;
  };
}

/** What needs two processes on one database. On the embedded one it shows as skipped, with the reason. */
export function describePostgres(name: string, tests: () => void): void {
  const reason = onPostgres ? '' : ' [needs PostgreSQL: npm run test:postgres]';
  describe.runIf(onPostgres)(`${name}${reason}`, () => {
    tests();
  });
}

/** A database outside the hooks of {@link useDatabase}; the caller closes it, and with that it is gone. */
export async function createDatabase(): Promise<TestDatabase> {
  const template = inject('databaseTemplate');
  const dump = inject('databaseDump');
  if (template !== null) return copyTemplate(template);
  if (dump === null) throw new Error('tests/setup/global.ts has not run');
  const { pglite, giveBack } = await openEmpty(dump);
  const database = await databaseOver(pglite, quietLog, giveBack);
  const open = (): never => {
    throw new Error('the embedded database belongs to one process');
  };
  return { ...database, url: null, open, empty: () => emptyTables(database) };
}

async function copyTemplate(template: { serverUrl: string; name: string }): Promise<TestDatabase> {
  const name = `alphapy_test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await asAdministrator(template.serverUrl, `create database ${name} template ${template.name}`);
  const url = new URL(template.serverUrl);
  url.pathname = name;
  const opened: OpenDatabase[] = [];
  const open = async (): Promise<OpenDatabase> => {
    const database = await openDatabase({ url: url.href, dataDirectory: '', log: quietLog, migrate: false });
    opened.push(database);
    return database;
  };
  const database = await open();
  return {
    ...database,
    url: url.href,
    open,
    empty: () => emptyTables(database),
    async close() {
      await Promise.all(opened.map((one) => one.close()));
      await asAdministrator(template.serverUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function emptyTables({ db }: OpenDatabase): Promise<void> {
  await sql.raw(EMPTY_TABLES).execute(db);
}

async function asAdministrator(serverUrl: string, statement: string): Promise<void> {
  const client = new Client(serverUrl);
  await client.connect();
  await client.query(statement);
  await client.end();
}
