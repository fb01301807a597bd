import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { createLog } from '../../src/lib/logging/logger.ts';
import { systemClock } from '../../src/lib/time/clock.ts';
import { startAlphapy, StartError } from '../../src/start.ts';
import { useDatabase } from '../setup/database.ts';

const database = useDatabase();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.close());

/** Starts the bot as its host does, with this token and where Discord is; notes whether the database was closed again. */
async function start(botToken: string, discordApiUrl: string) {
  const close = vi.fn(async () => {});
  const starting = startAlphapy({
    config: {
      botToken,
      databaseUrl: null,
      dataDirectory: '',
      enableEveryoneMentions: false,
      logLevel: 'info',
      discordApiUrl,
      openai: null,
      supabase: null,
      telemetryEveryS: null,
      http: null,
    },
    clock: systemClock,
    log: createLog('silent'),
    open: () => Promise.resolve({ ...database(), close }),
  });
  const error: unknown = await starting.then(
    (bot) => bot.stop(),
    (reason: unknown) => reason,
  );
  return { error, close };
}

test('a wrong token is told in a sentence with the fix, before anything connects', async () => {
  const { error, close } = await start('an.older.token', sandbox.apiUrl);
  expect(error).toBeInstanceOf(StartError);
  expect((error as StartError).message).toBe(
    'Discord refuses BOT_TOKEN. Reset the token on the "Bot" page of your application and put the new one in .env.',
  );
  expect(close).toHaveBeenCalledOnce();
  expect(sandbox.connectedSessions).toBe(0);
  expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /applications/@me']);
});

test('a Discord that cannot be reached is told in a sentence with the address', async () => {
  const { error, close } = await start(sandbox.token, `http://127.0.0.1:${await closedPort()}/api`);
  expect(error).toBeInstanceOf(StartError);
  expect((error as StartError).message).toMatch(
    /^Discord cannot be reached at http:\/\/127\.0\.0\.1:\d+\/api \(.*ECONNREFUSED.*\)\. Check the network and DISCORD_API_URL, then start again\.$/,
  );
  expect(close).toHaveBeenCalledOnce();
});

test('a Discord that fails is told as well', async () => {
  sandbox.faults.switchOn({ fault: '502', on: 'reading', times: 10 });
  const { error, close } = await start(sandbox.token, sandbox.apiUrl);
  sandbox.faults.clear();
  expect((error as StartError).message).toContain(`Discord cannot be reached at ${sandbox.apiUrl} (`);
  expect(close).toHaveBeenCalledOnce();
});

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
