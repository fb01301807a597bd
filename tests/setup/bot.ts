import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox.ts';
import type { Config } from '../../src/config.ts';
import type { RunningBot } from '../../src/start.ts';
import { createLog } from '../../src/lib/logging/logger.ts';
import { MovableClock } from '../../src/lib/time/clock.ts';
import { forgetClient } from './sapphire.ts';
import { createDatabase, type TestDatabase } from './database.ts';

/** A bot in this process, on a Discord and a database of the test file's own, with a clock that the test moves. */
export interface World {
  readonly sandbox: Sandbox;
  /** The one that runs now; another one after `restart`. */
  readonly bot: RunningBot;
  readonly database: TestDatabase;
  readonly clock: MovableClock;
  /** What the bot wrote in its process log, from info on, oldest first. */
  readonly logged: readonly LoggedLine[];
  /** Moves the clock on and lets the bot do what became due, until it is done. */
  advance(ms: number): Promise<void>;
  /** Moves the clock to an instant; see `advance`. */
  moveTo(instant: Date | string): Promise<void>;
  /** Stops the bot and starts another one on the same database, as a deploy does. */
  restart(meanwhile?: () => void): Promise<void>;
  /** Starts another process's bot beside this one, on the same database and Discord. It is for the caller to stop. */
  startAnother(): Promise<RunningBot>;
}

export interface LoggedLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** A Tuesday in winter, 10:00 in Brussels. */
export const START = new Date('2026-12-01T09:00:00Z');

interface WorldOptions {
  readonly sandbox?: SandboxOptions;
  readonly config?: Partial<Config>;
  /** The bot's database, when it is not to be a usual one; closed at the end. */
  readonly database?: () => Promise<TestDatabase>;
  /** Which tasks have something to do when time is moved; all when left out. */
  readonly tasks?: (name: string) => boolean;
}

/**
 * One bot per test file: Sapphire's container is global. After each test the sandbox must not have refused a request of
 * the bot as malformed.
 */
export function useBot(options: WorldOptions = {}): () => World {
  let world: World | undefined;
  let database: TestDatabase | undefined;
  let hasAnother = false;
  beforeAll(async () => {
    const clock = new MovableClock(START);
    const sandbox = await startSandbox({
      clock,
      openapi: process.env['DISCORD_OPENAPI'],
      ...options.sandbox,
    });
    const given = await (options.database ?? createDatabase)();
    database = given;
    const logged: LoggedLine[] = [];
    // Each start of the task queue listens for its errors.
    given.pool.setMaxListeners(100);
    const start = async (): Promise<RunningBot> => {
      const { startAlphapy } = await import('../../src/start.ts');
      return startAlphapy({
        config: {
          botToken: sandbox.token,
          databaseUrl: null,
          dataDirectory: '',
          enableEveryoneMentions: true,
          logLevel: 'warn',
          discordApiUrl: sandbox.apiUrl,
          openai: null,
          supabase: null,
          telemetryEveryS: null,
          http: null,
          ...options.config,
        },
        clock,
        log: createLog(process.env['TEST_LOG_LEVEL'] ?? 'info', {
          write(line) {
            logged.push(JSON.parse(line) as LoggedLine);
            if (process.env['TEST_LOG_LEVEL'] !== undefined) process.stdout.write(line);
          },
        }),
        // A restarted bot finds the same one, so it is closed at the end only.
        open: () => Promise.resolve({ ...given, close: async () => {} }),
      });
    };
    const startAnother = (): Promise<RunningBot> => {
      // Two clients at once need a container each, so all modules anew.
      vi.resetModules();
      hasAnother = true;
      return start();
    };
    let bot = await start();
    /** A sweep ends after two seconds of a slow machine; what it sends by then is finished by the next ones. */
    const work = async (): Promise<void> => {
      for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
        await bot.tasks.runAll(options.tasks);
        if (bot.delivery.inFlight === 0) return;
      }
    };
    world = {
      sandbox,
      get bot() {
        return bot;
      },
      database: given,
      clock,
      logged,
      async advance(ms) {
        clock.advance(ms);
        await work();
      },
      async moveTo(instant) {
        clock.moveTo(new Date(instant));
        await work();
      },
      async restart(meanwhile) {
        await bot.stop();
        await forgetClient();
        meanwhile?.();
        bot = await start();
      },
      startAnother,
    };
  });
  afterEach(() => {
    expect(world?.sandbox.violations).toEqual([]);
  });
  afterAll(async () => {
    await world?.bot.stop();
    await forgetClient();
    await world?.sandbox.close();
    await database?.close();
    // The next file in this process would get the other one's.
    if (hasAnother) vi.resetModules();
  });
  return () => {
    if (world === undefined) throw new Error('the bot is there in tests and hooks only');
    return world;
  };
}

/** Of two seconds each at most: ends before the test does, where Discord does not answer. */
const MOST_SWEEPS = 5;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
