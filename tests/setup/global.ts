import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { migrationFolder } from '../../db/migrator.ts';
import { databaseOver, openDatabase } from '../../src/lib/database/database.ts';
import { EXTENSIONS } from '../../src/lib/database/embedded.ts';
import { migrateToLatest } from '../../src/lib/database/migrate.ts';
import { quietLog } from './quiet-log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated, empty embedded database, to load into memory; null on PostgreSQL. */
    databaseDump: string | null;
    /** The migrated, empty database on the PostgreSQL of TEST_DATABASE_URL, to copy; null on the embedded one. */
    databaseTemplate: { serverUrl: string; name: string } | null;
  }
}

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/alphapy', import.meta.url));
const DAY_MS = 24 * 60 * 60_000;
const TAR_BLOCK_BYTES = 512;
/** Every file of tests loads the dump, and most of a usual one would be log and memory that none of them needs. */
const SMALL = [
  '--wal-segsize=1',
  '-c',
  'min_wal_size=2MB',
  '-c',
  'max_wal_size=8MB',
  '-c',
  'shared_buffers=16MB',
];

/** Before all tests: a migrated database that each file gets a copy of. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const serverUrl = process.env.TEST_DATABASE_URL;
  if (serverUrl) {
    const name = `alphapy_template_${process.pid}`;
    await createTemplate(serverUrl, name);
    project.provide('databaseTemplate', { serverUrl, name });
    project.provide('databaseDump', null);
    return () => asAdministrator(serverUrl, `drop database if exists ${name}`);
  }
  project.provide('databaseTemplate', null);
  project.provide('databaseDump', await makeDump());
  return undefined;
}

async function createTemplate(serverUrl: string, name: string): Promise<void> {
  await asAdministrator(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = name;
  const database = await openDatabase({ url: url.href, dataDirectory: '', log: quietLog });
  await database.close();
}

async function asAdministrator(serverUrl: string, sql: string): Promise<void> {
  const client = new Client(serverUrl);
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** Making it takes four seconds, so it is kept from run to run for as long as nothing that it is made of changes. */
async function makeDump(): Promise<string> {
  const file = path.join(CACHE, `database-${await ingredientsHash()}.tar`);
  if (await exists(file)) return file;
  await mkdir(CACHE, { recursive: true });
  const pglite = await PGlite.create({ extensions: EXTENSIONS, initDbStartParams: SMALL });
  const database = await databaseOver(pglite, quietLog, async () => {});
  await migrateToLatest(database.db as never, quietLog);
  await database.close();
  // Whoever loads it would have to replay everything since the last one.
  await pglite.exec('checkpoint');
  const dump = Buffer.from(await (await pglite.dumpDataDir('none')).arrayBuffer());
  await pglite.close();
  // Another run may be making the same: a file under its final name is always whole.
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, withoutTemplates(dump));
  await rename(unfinished, file);
  await removeOldDumps();
  return file;
}

/** A tar without the files of template0 and template1, which are two thirds of it: no test makes another database from them. */
function withoutTemplates(tar: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let start = 0, end = 0; start < tar.length; start = end) {
    const name = tar.toString('latin1', start, start + 100);
    const bytes = Number.parseInt(tar.toString('latin1', start + 124, start + 136), 8) || 0;
    end = start + TAR_BLOCK_BYTES * (1 + Math.ceil(bytes / TAR_BLOCK_BYTES));
    if (!/^\/base\/[14]\//.test(name)) kept.push(tar.subarray(start, end));
  }
  return Buffer.concat(kept);
}

async function ingredientsHash(): Promise<string> {
  const hash = createHash('sha256');
  hash.update(
    await readFile(new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url)),
  );
  hash.update(await readFile(fileURLToPath(import.meta.url)));
  for (const file of (await readdir(migrationFolder)).sort()) {
    hash.update(file).update(await readFile(path.join(migrationFolder, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function removeOldDumps(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const file = path.join(CACHE, name);
    // A run that began before the last change may still read its own.
    if (name.startsWith('database-') && (await stat(file)).mtimeMs < Date.now() - DAY_MS)
      await rm(file, { force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
