import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startDemo } from '../../sandbox/demo.ts';
import { PageClient } from './page-client.ts';
import { startFromCommandLine, stop, type StartedSandbox } from './started-sandbox.ts';

const HOUR_MS = 60 * 60_000;
const PATIENCE_MS = 60_000;

let directory: string;
const opened: PageClient[] = [];
beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'sandbox-kept-'));
});
afterEach(() => {
  for (const page of opened.splice(0)) page.close();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function openPage({ url }: Pick<StartedSandbox, 'url'>): Promise<PageClient> {
  const page = await PageClient.open(url);
  opened.push(page);
  return page;
}

/** Runs a command and waits for its answer. @returns all that the page then shows. */
async function run(page: PageClient, name: string, options: Record<string, unknown> = {}): Promise<string> {
  const before = page.messages.length;
  const result = await page.act('run', { path: name, options });
  expect(result).toEqual({ kind: 'done' });
  await page.until(() => page.messages.length > before);
  return JSON.stringify(page.messages.at(-1)?.message);
}

test(
  'what a person did is there again after a kill, and the bot’s part of it',
  { timeout: 300_000 },
  async () => {
    const file = path.join(directory, 'kept.json');
    const first = await startFromCommandLine(['--state', file]);
    const page = await openPage(first);
    await page.become('mia');
    expect(await run(page, 'add_reminder', { name: 'Movie night', time: '20:00', days: 'daily' })).toContain(
      'Movie night',
    );
    const before = page.now.getTime();
    await page.act('advance', { ms: 2 * HOUR_MS });
    await page.act('write', { content: 'Remember this' });
    // Written by itself some seconds after a change.
    await vi.waitUntil(() => readFileSync(file, 'utf8').includes('Remember this'), PATIENCE_MS);
    const refused = await startFromCommandLine(['--state', file]).catch((error: unknown) => String(error));
    expect(refused).toContain(`${file} is in use by another sandbox; stop that one or name another file.`);
    await first.child.kill();
    // The bot notices that its Discord is gone.
    await vi.waitUntil(() => !existsSync(`${file}.data/database/alphapy.pid`), PATIENCE_MS);

    const second = await startFromCommandLine(['--state', file]);
    const again = await openPage(second);
    await again.become('mia');
    expect(again.texts).toContain('Remember this');
    expect(again.frame.guild.id).toBe(page.frame.guild.id);
    expect(again.now.getTime()).toBeGreaterThanOrEqual(before + 2 * HOUR_MS);
    expect(await run(again, 'reminder_list')).toContain('Movie night');
    await again.act('advance', { ms: 24 * HOUR_MS });
    await again.until(() =>
      again.messages.some(
        ({ ephemeral, message }) => !ephemeral && JSON.stringify(message).includes('Movie night'),
      ),
    );

    expect(await again.act('reset')).toEqual({ kind: 'done' });
    await again.become('mia');
    expect(again.texts).toEqual([]);
    expect(await run(again, 'reminder_list')).not.toContain('Movie night');
    expect(await stop(second)).toBe(0);
    const kept = readFileSync(file, 'utf8');
    expect(kept).not.toContain('Remember this');
    expect(kept).toContain('The Demo Server');
  },
);

describe('a world that was kept', () => {
  let file: string;
  const start = (options: Parameters<typeof startDemo>[0]) =>
    startDemo({ isExternal: true, stateFile: file, ...options }).then((demo) => demo.close());
  beforeAll(async () => {
    file = path.join(directory, 'external.json');
    await start({});
  });

  test('is taken up again', async () => {
    const text = readFileSync(file, 'utf8');
    await start({ guild: 'small' });
    const guildsOf = (json: string): unknown => (JSON.parse(json) as { guilds: unknown }).guilds;
    expect(guildsOf(readFileSync(file, 'utf8'))).toEqual(guildsOf(text));
  });

  test.each([
    [{ guild: 'large' } as const, 'began with --guild small; leave --guild out or name another file.'],
    [{ tokens: ['a.b.c', 'd.e.f'] }, 'was kept with one bot; give as many tokens.'],
  ])('%o is refused', async (options, sentence) => {
    await expect(start(options)).rejects.toThrow(`${file} ${sentence}`);
  });

  test('a bot’s database without its world is refused, and left alone', async () => {
    const other = path.join(directory, 'lost.json');
    const demo = await startDemo({ stateFile: other, isExternal: true });
    await demo.close();
    rmSync(other);
    const database = path.join(`${other}.data`, 'database');
    writeFileSync(database, 'as if it were one');
    await expect(startDemo({ stateFile: other, isExternal: true })).rejects.toThrow(
      'put the one back or remove the other',
    );
    expect(readFileSync(database, 'utf8')).toBe('as if it were one');
  });

  test('a start that fails halfway leaves nothing running', { timeout: 60_000 }, async () => {
    const database = path.join(`${file}.data`, 'database');
    writeFileSync(database, 'no folder');
    await expect(startFromCommandLine(['--state', file])).rejects.toThrow('The bot could not start: ');
    rmSync(database);
    // Neither the files nor anything else is held any more.
    await start({});
  });
});
