import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Kysely } from 'kysely';
import { NO_MIGRATIONS } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateTypes } from '#db/generate-types';
import { createMigrator } from '#db/migrator';
import { openDatabase } from '#lib/database/database';
import { MigrationFailedError, SchemaNewerError } from '#lib/database/errors';
import { appliedMigrations, migrateToLatest } from '#lib/database/migrate';
import { describePostgres, useDatabase } from '../setup/database.ts';
import { quietLog } from '../setup/quiet-log.ts';

const database = useDatabase();
const untyped = (): Kysely<unknown> => database().db as unknown as Kysely<unknown>;
let folder: string;

beforeEach(async () => {
  await database().pool.query('drop schema public cascade; create schema public');
  await migrateToLatest(untyped(), quietLog);
  folder = await mkdtemp(path.join(os.tmpdir(), 'alphapy-migrations-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a migration that runs one statement each way. */
async function writeMigration(name: string, up: string, down = 'select 1'): Promise<void> {
  const step = (way: string, statement: string): string =>
    `export const ${way} = (db) => db.executeQuery({ sql: ${JSON.stringify(statement)}, parameters: [], query: { kind: 'RawNode', sqlFragments: [], parameters: [] }, queryId: { queryId: 'x' } });\n`;
  await writeFile(path.join(folder, `${name}.mjs`), step('up', up) + step('down', down));
}

/** Of ours alone: a bot that ran on this database left the task queue's in a schema of their own. */
const tableNames = async (): Promise<string[]> =>
  (await untyped().introspection.getTables())
    .filter(({ schema }) => schema === 'public')
    .map(({ name }) => name)
    .sort();

test('down undoes all that up did, and up does it again', async () => {
  const migrator = createMigrator(untyped());
  const migrated = await generateTypes(untyped());
  const { results, error } = await migrator.migrateTo(NO_MIGRATIONS);
  expect(error).toBeUndefined();
  expect(results?.length).toBeGreaterThan(0);
  expect(await tableNames()).toEqual([]);
  await migrateToLatest(untyped(), quietLog);
  expect(await generateTypes(untyped())).toBe(migrated);
});

test('a database with a migration that this code does not know is refused, and stays as it is', async () => {
  const future = '2999-01-01T0000_flying_cars';
  await database().pool.query('insert into kysely_migration values ($1, $2)', [
    future,
    new Date().toISOString(),
  ]);
  const refused = migrateToLatest(untyped(), quietLog);
  await expect(refused).rejects.toThrow(SchemaNewerError);
  await expect(refused).rejects.toThrow(`unknown: ${future}`);
});

describe('a folder of migrations', () => {
  beforeEach(async () => {
    await database().pool.query('delete from kysely_migration');
  });

  test('a failing migration keeps nothing of the run, not even what came before it', async () => {
    await writeMigration('2030-01-01T0000_good', 'create table good (id int)');
    await writeMigration('2030-01-02T0000_bad', 'create table bad (id int); select 1/0');
    const failed = migrateToLatest(untyped(), quietLog, folder);
    await expect(failed).rejects.toThrow(MigrationFailedError);
    await expect(failed).rejects.toThrow(/2030-01-02T0000_bad failed: division by zero/);
    expect(await tableNames()).not.toContain('good');
    expect(await appliedMigrations(untyped())).toEqual([]);
  });

  test.each([
    ['notes.txt', /notes\.txt is not a migration/],
    ['2030-01-01T0000_empty.mjs', /empty\.mjs is not a migration/],
    ['add_things.mjs', /add_things is not named like/],
  ])('a file that would be left out stops it: %s', async (file, reason) => {
    await writeMigration('2030-01-01T0000_good', 'select 1');
    if (file === 'add_things.mjs') await writeMigration('add_things', 'select 1');
    else await writeFile(path.join(folder, file), '');
    await expect(migrateToLatest(untyped(), quietLog, folder)).rejects.toThrow(reason);
  });

  test('what a build leaves beside a migration does no harm', async () => {
    await writeMigration('2030-01-01T0000_good', 'create table good (id int)');
    await writeFile(path.join(folder, '2030-01-01T0000_good.mjs.map'), '{}');
    await migrateToLatest(untyped(), quietLog, folder);
    expect(await appliedMigrations(untyped())).toEqual(['2030-01-01T0000_good']);
  });
});

describePostgres('processes that start together', () => {
  test('one migrates an empty database, the others wait for it', async () => {
    const name = `${new URL(database().url ?? '').pathname.slice(1)}_empty`;
    await database().pool.query(`create database ${name} template template0`);
    const url = new URL(database().url ?? '');
    url.pathname = name;
    const applied: object[] = [];
    // One that waits long for the others has a slow query to tell.
    const log = {
      ...quietLog,
      info: (details: object) => void ('applied' in details && applied.push(details)),
    };
    const started = await Promise.all(
      Array.from({ length: 4 }, () => openDatabase({ url: url.href, dataDirectory: '', log })),
    );
    expect(applied).toHaveLength(1);
    for (const one of started) expect(await one.db.selectFrom('reminders').selectAll().execute()).toEqual([]);
    await Promise.all(started.map((one) => one.close()));
    await database().pool.query(`drop database ${name}`);
  });
});
