import { appendFileSync, readdirSync } from 'node:fs';
import { flushCompileCache, getCompileCacheDir } from 'node:module';
import { DefaultRestOptions, Options } from 'discord.js';
import type { Config } from '../../src/config.ts';
import { createLog } from '../../src/lib/logging/logger.ts';
import { startAlphapy, type RunningBot } from '../../src/start.ts';
import { FileClock } from './file-clock.ts';
import type { Numbered } from './protocol.ts';

/**
 * In place of discord.js's 15 seconds: a run has weeks of virtual time, but little of real time. Still enough for a busy
 * machine to answer what is not meant to hang.
 */
const REQUEST_TIMEOUT_MS = 1_000;
/** In place of discord.js's 15 seconds: how long a start waits for a guild that is away. */
const WAIT_FOR_GUILDS_MS = 300;

export interface Start {
  readonly kind: 'start';
  readonly config: Config;
  readonly clockFile: string;
}

export type Started = { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly reason: string };

interface Program<To extends { readonly kind: string }, From> {
  /** Called before the bot starts. @param onStruck is to be called just before the process ends itself. */
  watch(onStruck: (label: string) => void): void;
  /** @returns the answer; null when there is none. */
  handle(bot: RunningBot, message: Exclude<To, Start>): Promise<From> | null;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** For the processes to come: most are killed, and would not do it at their end. The first one does it for all. */
function keepWhatWasCompiled(): void {
  const folder = getCompileCacheDir();
  if (folder !== undefined && readdirSync(folder).length === 0) flushCompileCache();
}

/** Runs a bot as production does, and does what the run tells it to. */
export function runProgram<To extends { readonly kind: string }, From extends { readonly kind: string }>({
  watch,
  handle,
}: Program<To, From>): void {
  const struckFile = process.argv[2] ?? '';
  const answer = (number: number, work: Promise<From | Started>): void => {
    const tell = (message: From | Started): void => void process.send?.({ ...message, number });
    work.then(tell, (error: unknown) => tell({ kind: 'failed', reason: reasonOf(error) }));
  };
  const start = async ({ config, clockFile }: Start): Promise<Started> => {
    const log = createLog('info');
    try {
      const bot = await startAlphapy({ config, clock: new FileClock(clockFile), log });
      process.on('message', (message: Numbered<Exclude<To, Start>>) => {
        const work = handle(bot, message);
        if (work !== null) answer(message.number, work);
      });
      keepWhatWasCompiled();
      process.once('SIGTERM', () => void bot.stop().then(() => process.exit(0)));
      return { kind: 'ready' };
    } catch (error) {
      log.fatal({ err: error }, 'the start failed');
      return { kind: 'failed', reason: reasonOf(error) };
    }
  };
  Object.assign(DefaultRestOptions, { timeout: REQUEST_TIMEOUT_MS });
  const defaults = Options.createDefault();
  Options.createDefault = () => ({ ...defaults, waitGuildTimeout: WAIT_FOR_GUILDS_MS });
  // Over a file, for nothing sent over the channel is certain to leave a process that is killed with its next instruction.
  watch((label) => appendFileSync(struckFile, `${label}\n`));
  process.on('disconnect', () => process.exit(0));
  process.once('message', (first: Numbered<Start>) => {
    if (first.kind !== 'start') throw new TypeError('the first message must start the bot');
    answer(first.number, start(first));
  });
}
