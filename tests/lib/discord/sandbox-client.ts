import type { Client } from 'discord.js';
import { afterAll, beforeAll, expect } from 'vitest';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import type { GuildSeed } from '../../../sandbox/people/seeds.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox.ts';
import { startBot } from '../../sandbox/bot.ts';

interface Connected {
  readonly sandbox: Sandbox;
  readonly guilds: readonly SandboxGuild[];
  readonly client: Client<true>;
}

/** A real discord.js client that knows these guilds of a sandbox, and nothing of our bot. */
export function useClient(...seeds: readonly GuildSeed[]): () => Connected {
  let connected: Connected | undefined;
  beforeAll(async () => {
    const sandbox = await startSandbox();
    const guilds = seeds.map((seed) => sandbox.createGuild(seed));
    connected = { sandbox, guilds, client: await startBot(sandbox) };
  });
  afterAll(async () => {
    expect(connected?.sandbox.violations).toEqual([]);
    await connected?.client.destroy();
    await connected?.sandbox.close();
  });
  return () => {
    if (connected === undefined) throw new Error('the client is there in tests and hooks only');
    return connected;
  };
}
