import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MovableClock } from '../src/lib/time/clock.ts';
import { BotChild } from './bot-child.ts';
import { demoGuild } from './demo-guild.ts';
import type { SandboxGuild } from './people/guild.ts';
import { startSandbox } from './sandbox.ts';
import type { PageHost } from './web/host.ts';

/** A local Discord with a guild of a few people, and the bot in a process of its own. */
export interface Demo extends PageHost {
  readonly guild: SandboxGuild;
  readonly bot: BotChild;
  readonly logFile: string;
  /** Ends everything that was started and removes the files. */
  close(): Promise<void>;
}

interface DemoOptions {
  /** What the clock shows at first; the real time when left out. */
  readonly start?: Date;
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

/** Starts the demo. Rejects with a sentence when the port is taken or the bot cannot start. */
export async function startDemo({ start, port = 0 }: DemoOptions = {}): Promise<Demo> {
  const directory = mkdtempSync(join(tmpdir(), 'alphapy-sandbox-'));
  const logFile = join(directory, 'bot.log');
  const clock = new MovableClock(start);
  const sandbox = await startSandbox({ clock, port });
  const guild = sandbox.createGuild(demoGuild(['Alphapy']));
  const bot = new BotChild({ sandbox, dataDirectory: join(directory, 'data'), logFile });
  const close = async (): Promise<void> => {
    await bot.stop();
    await sandbox.close();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await bot.start();
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  return {
    sandbox,
    guild,
    clock,
    bot,
    logFile,
    async advance(ms) {
      const end = new Date(clock.now().getTime() + ms);
      // From one due moment to the next, so that each message arrives at its own time.
      for (let due = await bot.nextDue(end); due !== null; due = await bot.nextDue(end)) {
        clock.moveTo(new Date(Math.max(due.getTime(), clock.now().getTime())));
        await bot.clockMoved();
      }
      clock.moveTo(new Date(Math.max(end.getTime(), clock.now().getTime())));
      await bot.clockMoved();
    },
    close,
  };
}
