import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, inject } from 'vitest';
import { createDatabase, onPostgres, type TestDatabase } from './database.ts';

/** A migrated database of the test file's own. @returns the environment of a command that works on it, for `runChild`. */
export function useCommandDatabase(): () => {
  readonly DATABASE_URL: string;
  readonly DATA_DIRECTORY: string;
} {
  let dataDirectory = '';
  let onServer: TestDatabase | undefined;
  beforeAll(async () => {
    dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'alphapy-cli-'));
    if (onPostgres) onServer = await createDatabase();
    const dump = inject('databaseDump');
    if (dump === null) return;
    const pglite = await PGlite.create(path.join(dataDirectory, 'database'), {
      loadDataDir: await openAsBlob(dump),
    });
    await pglite.close();
  });
  afterAll(async () => {
    await rm(dataDirectory, { recursive: true });
    await onServer?.close();
  });
  return () => ({ DATABASE_URL: onServer?.url ?? '', DATA_DIRECTORY: dataDirectory });
}
