import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { runChild, type Child } from './setup/child.ts';

const MEMBER = '1328374655667123456';
const TOKEN = 'aW50ZXJhY3Rpb246MTIz_secret-webhook';

let sandbox: Sandbox;
let folder = '';
let child: Child | undefined;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'alphapy-main-'));
  sandbox = await startSandbox({});
});
afterAll(async () => {
  if (child?.process.exitCode === null) await child.kill();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

/** Throws when it is told to, as a listener of a library would. */
const BREAKS = `
const error = Object.assign(new Error('no member ${MEMBER}'), {
  url: 'https://discord.com/api/v10/interactions/1/${TOKEN}/callback',
  rawError: { user_id: '${MEMBER}' },
});
process.once('SIGUSR2', () => void Promise.reject(error));`;

test('an error that nothing catches ends the process with one line, without members and tokens', async () => {
  const breaks = path.join(folder, 'breaks.mjs');
  await writeFile(breaks, BREAKS);
  child = runChild('src/main.ts', [], {
    BOT_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.apiUrl,
    DATABASE_URL: '',
    DATA_DIRECTORY: path.join(folder, 'data'),
    PORT: '0',
    NODE_OPTIONS: `--import ${breaks}`,
  });
  let line = '';
  while (!line.includes('Alphapy is ready')) line = await child.nextLine();
  child.process.kill('SIGUSR2');
  const { code, output, errors } = await child.finish();
  expect(code).toBe(1);
  expect(`${output}${errors}`).not.toContain(MEMBER);
  expect(`${output}${errors}`).not.toContain(TOKEN);
  expect(errors).toBe('');
  expect(JSON.parse(output.split('\n').at(-1) ?? '')).toMatchObject({
    level: 'fatal',
    msg: 'nothing caught an error, so the bot ends',
    err: { message: expect.stringMatching(/^no member \[id-/) },
  });
}, 180_000);
