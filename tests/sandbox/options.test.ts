import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOptions, USAGE } from '../../sandbox/options.ts';
import { runChild, TSX } from '../setup/child.ts';

const read = (...args: string[]) => readOptions(args, '/home/ada');

test('nothing has to be said', () => {
  expect(read()).toEqual({
    port: 0,
    isOpened: false,
    guild: null,
    stateFile: null,
    isExternal: false,
    tokens: ['sandbox.bot.token'],
  });
});

test('everything can be said', () => {
  const said =
    '--port 8123 --open --guild large --state kept.json --external --token a.b.c --token=d.e.f'.split(' ');
  expect(read(...said)).toEqual({
    port: 8123,
    isOpened: true,
    guild: 'large',
    stateFile: '/home/ada/kept.json',
    isExternal: true,
    tokens: ['a.b.c', 'd.e.f'],
  });
});

test('--help asks for the usage', () => {
  expect(read('--help')).toBe('help');
});

test.each([
  ['--port abc', '--port must be a whole number from 0 to 65535, not "abc".'],
  ['--port 65536', '--port must be a whole number from 0 to 65535, not "65536".'],
  ['--port -1', '--port must be a whole number from 0 to 65535, not "-1".'],
  ['--port 1e3', '--port must be a whole number from 0 to 65535, not "1e3".'],
  ['--port', '--port needs a value after it.'],
  ['--port --open', '--port needs a value after it.'],
  ['--port 1 --port 2', '--port can be given only once.'],
  ['--guild huge', '--guild must be one of small, large, 1000x, not "huge".'],
  ['--state=', '--state needs a value after it.'],
  ['--open=yes', '--open stands alone, without "yes".'],
  [
    '--token secret',
    '--token must look like Discord\'s, three parts of letters and digits with dots between, not "secret".',
  ],
  ['--token a.b.c --token a.b.c', 'Each bot needs a --token of its own.'],
  ['--prot 80', 'There is no option --prot; --help shows what there is.'],
  ['-p 80', 'There is no option -p; --help shows what there is.'],
  ['8080', '"8080" is no option; --help shows what there is.'],
])('%s is refused in a sentence', (line, sentence) => {
  expect(() => read(...line.split(' '))).toThrow(sentence);
});

describe('the process', { timeout: 60_000 }, () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'sandbox-options-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const run = (...args: string[]) => runChild('sandbox/main.ts', args, { TMPDIR: directory }).finish();

  test('--help prints the usage', async () => {
    const help = runChild('sandbox/main.ts', ['--help'], { TMPDIR: directory }, TSX);
    expect(await help.finish()).toEqual({ code: 0, output: USAGE, errors: '' });
  });

  test('a wrong option ends it with one sentence', async () => {
    const sentence = 'There is no option --prot; --help shows what there is.';
    expect(await run('--prot')).toEqual({ code: 1, output: '', errors: `${sentence}\n` });
  });

  test('a port that is in use ends it with one sentence, and nothing is left behind', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const before = readdirSync(directory);
    const { code, errors } = await run('--port', String(port), '--state', path.join(directory, 'new.json'));
    const temporary = await run('--port', String(port));
    server.close();
    const sentence = `Port ${port} is in use on this machine; choose another one, or none for a free one.\n`;
    expect({ code, errors }).toEqual({ code: 1, errors: sentence });
    expect(temporary).toMatchObject({ code: 1, errors: sentence });
    expect(
      readdirSync(directory).filter((name) => !before.includes(name) && !name.startsWith('tsx-')),
    ).toEqual([]);
  });

  test('a foreign state file ends it with one sentence and stays as it is', async () => {
    const file = path.join(directory, 'package.json');
    writeFileSync(file, '{"name":"something else"}');
    const { code, errors } = await run('--state', file);
    expect({ code, errors }).toEqual({
      code: 1,
      errors: `${file} is not a state of the sandbox; name another file.\n`,
    });
    expect(readdirSync(directory)).not.toContain('package.json.data');
  });
});
