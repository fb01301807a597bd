import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MovableClock } from '../src/lib/time/clock.ts';
import { BotChild } from './bot-child.ts';
import type { SandboxGuild } from './people/guild.ts';
import { startSandbox, type Sandbox } from './sandbox.ts';

/** A local Discord with a guild of a few people, and the bot in a process of its own. */
export interface Demo {
  readonly sandbox: Sandbox;
  readonly guild: SandboxGuild;
  readonly clock: MovableClock;
  readonly bot: BotChild;
  readonly logFile: string;
  /** Moves the clock on, lets the bot do what became due. */
  advance(ms: number): Promise<void>;
  /** Ends everything that was started and removes the files. */
  close(): Promise<void>;
}

/** People of the demo and who they are; the first one is who you are at first. */
export const demoPeople = {
  olivia: 'the owner',
  sam: 'an admin (has Manage Server)',
  mia: 'a member',
  niels: 'a member whose Discord is in Dutch',
} as const;

/**
 * Starts the demo.
 * @param start what the clock shows at first; the real time when omitted.
 */
export async function startDemo(start?: Date): Promise<Demo> {
  const directory = mkdtempSync(join(tmpdir(), 'alphapy-sandbox-'));
  const logFile = join(directory, 'bot.log');
  const clock = new MovableClock(start);
  const sandbox = await startSandbox({ clock, openapi: process.env['DISCORD_OPENAPI'] });
  const guild = sandbox.createGuild({
    name: 'The Demo Server',
    owner: 'olivia',
    roles: [{ name: 'Admin', permissions: ['ManageGuild'], members: ['sam'] }],
    channels: [
      { name: 'general' },
      { name: 'events' },
      {
        name: 'bot-log',
        overwrites: [
          { role: '@everyone', deny: ['ViewChannel'] },
          { role: 'Admin', allow: ['ViewChannel'] },
          { role: 'Alphapy', allow: ['ViewChannel'] },
        ],
      },
    ],
    members: ['mia', { name: 'niels', locale: 'nl' }],
  });
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
