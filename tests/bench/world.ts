import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox.ts';
import { openDatabase, type Database, type OpenDatabase } from '../../src/lib/database/database.ts';
import { systemClock } from '../../src/lib/time/clock.ts';
import { createCluster } from '../setup/cluster.ts';
import { quietLog } from '../setup/quiet-log.ts';
import { startChild, type MeasuredChild } from './child.ts';

/** Where databases of measurements are made. */
export interface Server {
  /** An empty or a migrated database; it is gone with the server. @returns its address. */
  createDatabase(isMigrated: boolean): Promise<string>;
  readonly version: string;
  close(): Promise<void>;
}

/** A PostgreSQL that waits for the disk, as one in use does. */
export async function startServer(): Promise<Server> {
  const cluster = await createCluster({ isCareful: true });
  const administrator = new Client(cluster.url);
  await administrator.connect();
  const { rows } = await administrator.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  const urlOf = (name: string): string => {
    const url = new URL(cluster.url);
    url.pathname = name;
    return url.href;
  };
  let number = 0;
  await administrator.query('create database template_of_all');
  const template = await openDatabase({ url: urlOf('template_of_all'), dataDirectory: '', log: quietLog });
  await template.close();
  return {
    version: rows[0]?.version ?? '',
    async createDatabase(isMigrated) {
      number += 1;
      const name = `bench_${number}`;
      await administrator.query(`create database ${name}${isMigrated ? ' template template_of_all' : ''}`);
      return urlOf(name);
    },
    async close() {
      await administrator.end();
      await cluster.remove();
    },
  };
}

/** A bot of its own on a Discord and a database of its own, in real time. */
export interface World {
  readonly sandbox: Sandbox;
  readonly bot: MeasuredChild;
  /** The same database, seen from here; null with the embedded one, which is the bot's alone. */
  readonly database: OpenDatabase | null;
}

export interface WorldOptions {
  /** Null for the embedded database. */
  readonly server: Server | null;
  readonly sandbox?: SandboxOptions;
  /** Without the limits that the bot keeps by itself. */
  readonly isUnlimited?: boolean;
  /** More of the bot's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Makes guilds before the bot starts. */
  readonly plant: (sandbox: Sandbox) => void;
  /** Fills the database before the bot starts; not the embedded one. */
  readonly prepare?: (db: Database) => Promise<void>;
}

/** Opens a world for one measurement and closes it afterwards, whatever happens. */
export async function inWorld<T>(options: WorldOptions, measure: (world: World) => Promise<T>): Promise<T> {
  const { server } = options;
  const sandbox = await startSandbox({ clock: systemClock, ...options.sandbox });
  const dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'alphapy-bench-'));
  const url = (await server?.createDatabase(true)) ?? '';
  const database =
    server === null ? null : await openDatabase({ url, dataDirectory: '', log: quietLog, migrate: false });
  let bot: MeasuredChild | null = null;
  try {
    options.plant(sandbox);
    if (database !== null) await options.prepare?.(database.db);
    bot = await startChild('bot-program', options.isUnlimited === true ? ['--unlimited'] : [], {
      BOT_TOKEN: sandbox.token,
      DISCORD_API_URL: sandbox.apiUrl,
      DATABASE_URL: url,
      DATA_DIRECTORY: dataDirectory,
      PORT: '0',
      ...options.env,
    });
    return await measure({ sandbox, bot, database });
  } finally {
    await bot?.end();
    await database?.close();
    await sandbox.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

/** A guild with that many channels to send to. */
export function plantGuild(sandbox: Sandbox, channels: number): SandboxGuild {
  return sandbox.createGuild({
    name: 'Bench',
    owner: 'olivia',
    members: Array.from({ length: 100 }, (_, index) => `member-${index}`),
    channels: Array.from({ length: channels }, (_, index) => ({ name: `channel-${index}` })),
  });
}
