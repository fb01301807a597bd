import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { runChild, TSX } from '../setup/child.ts';
import { createDatabase, onPostgres, type TestDatabase } from '../setup/database.ts';

let dataDirectory: string;
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

const environment = () => ({ DATABASE_URL: onServer?.url ?? '', DATA_DIRECTORY: dataDirectory });
const migrate = (...args: string[]) => runChild('db/migrate.ts', args, environment()).finish();

test('status, down and up', async () => {
  expect(await migrate('down')).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^This undoes \S+: .*--yes/),
  });
  const applied = /^\d{4}-\d\d-\d\dT\S+Z {2}2026-11-22T1200_foundation$/m;
  expect((await migrate('status')).output).toMatch(applied);

  expect(await migrate('down', '--yes')).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Undone: /),
  });
  expect((await migrate('status')).output).toMatch(/^not applied {15}\S+$/m);
  const up = await runChild('db/migrate.ts', ['up'], environment(), TSX).finish();
  expect(up).toMatchObject({ code: 0, output: 'The database is up to date.' });
}, 60_000);

test.each([
  { args: [], errors: /^npm run migrate -- <command>/ },
  { args: ['sideways'], errors: /^npm run migrate -- <command>/ },
  { args: ['make', 'Add Tickets'], errors: /^Name it with small letters/ },
])('$args is answered with how to do it', async ({ args, errors }) => {
  expect(await migrate(...args)).toMatchObject({ code: 2, errors: expect.stringMatching(errors) });
});
