import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { runChild } from '../setup/child.ts';
import { createDatabase, onPostgres, type TestDatabase } from '../setup/database.ts';

let dataDirectory: string;
let onServer: TestDatabase | undefined;
let sandbox: Sandbox;

beforeAll(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'alphapy-doctor-cli-'));
  sandbox = await startSandbox();
  if (onPostgres) onServer = await createDatabase();
});
afterAll(async () => {
  await sandbox.close();
  await rm(dataDirectory, { recursive: true });
  await onServer?.close();
});

const doctor = (environment: Record<string, string>) =>
  runChild('scripts/doctor.ts', [], {
    BOT_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.apiUrl,
    DATABASE_URL: onServer?.url ?? '',
    DATA_DIRECTORY: dataDirectory,
    ...environment,
  }).finish();

test('a host where all is well is told so, and nothing is made there', { timeout: 120_000 }, async () => {
  const { code, output, errors } = await doctor({});
  expect({ code, output, errors }).toEqual({
    code: 0,
    errors: '',
    output:
      'Nothing is wrong with the token, the intents, the clock, the database, the disk and the commands.\nWhat is wrong in a server, /doctor says there.',
  });
  expect(await readdir(dataDirectory)).toEqual([]);
});

test('all that keeps the bot from starting is told at once', { timeout: 120_000 }, async () => {
  const wrong = await doctor({
    BOT_TOKEN: 'wrong.bot.token',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
    DATA_DIRECTORY: path.join(dataDirectory, 'none'),
  });
  expect(wrong.code).toBe(1);
  expect(wrong.output).toContain('- Discord refuses BOT_TOKEN.');
  expect(wrong.output).toMatch(/^- .*127\.0\.0\.1/m);
  expect(wrong.output).toContain("- DATA_DIRECTORY can't be read.");
});

test('without a token the rest is examined all the same', { timeout: 120_000 }, async () => {
  const { code, output } = await doctor({ BOT_TOKEN: '', PORT: 'many' });
  expect(code).toBe(1);
  const sentences = output.split('\n').filter((line) => line.startsWith('- '));
  expect(sentences).toEqual([
    expect.stringContaining('BOT_TOKEN is missing'),
    expect.stringContaining('PORT'),
  ]);
});
