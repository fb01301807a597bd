import { PGlite } from '@electric-sql/pglite';
import type { Client } from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { PGlitePool } from '#lib/database/pglite-pool';
import { createPostgresClient } from '#lib/database/postgres';
import { OldDatabase } from '#lib/import/old-database';
import { runImport, type ImportOptions } from '#lib/import/run';
import type { Tally } from '#lib/import/tally';
import type { TestDatabase } from '../../setup/database.ts';

export const GUILD = '900000000000000001';
export const OTHER_GUILD = '900000000000000002';
/** A Tuesday. */
export const NOW = new Date('2026-12-01T12:00:00Z');

/** The database of a Python bot, to be filled by tests. */
export interface OldBot {
  /** Null on the embedded database, which has no address. */
  readonly url: string | null;
  readonly client: Client;
  /** Empties it and runs these statements. */
  readonly make: (...statements: string[]) => Promise<void>;
}

/** A database of its own: on the server where the tests run on one, else embedded and in memory. */
export function useOldBot(): () => OldBot {
  let bot: OldBot | undefined;
  let end = async (): Promise<void> => {};
  beforeAll(async () => {
    const template = inject('databaseTemplate');
    if (template === null) {
      const pglite = await PGlite.create();
      const client = new PGlitePool(pglite).createClient();
      await client.connect();
      bot = { url: null, client, make: (...statements) => make(client, statements) };
      end = async () => {
        await client.end();
        await pglite.close();
      };
      return;
    }
    const name = `alphapy_old_${process.pid}_${Math.random().toString(36).slice(2)}`;
    const server = createPostgresClient(template.serverUrl);
    await server.connect();
    await server.query(`create database ${name}`);
    const url = new URL(template.serverUrl);
    url.pathname = name;
    const client = createPostgresClient(url.href);
    await client.connect();
    bot = { url: url.href, client, make: (...statements) => make(client, statements) };
    end = async () => {
      await client.end();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    };
  });
  afterAll(() => end());
  return () => {
    if (bot === undefined) throw new Error('the old database is there in tests and hooks only');
    return bot;
  };
}

async function make(client: Client, statements: readonly string[]): Promise<void> {
  // An import leaves the session unable to write.
  await client.query('set default_transaction_read_only = off');
  await client.query('drop schema public cascade; create schema public; set search_path = public');
  for (const statement of statements) await client.query(statement);
}

/** Imports as the command does. */
export async function importFrom(
  bot: OldBot,
  into: TestDatabase,
  options: Partial<ImportOptions> = {},
): Promise<readonly Tally[]> {
  const old = await OldDatabase.open(bot.client);
  try {
    return await runImport(old, into.db, {
      dryRun: false,
      zone: 'Europe/Brussels',
      guildId: null,
      now: NOW,
      ...options,
    });
  } finally {
    await old.close();
  }
}

/** What the report says, by table. */
export function saidOf(tallies: readonly Tally[]): Record<string, readonly string[]> {
  return Object.fromEntries(tallies.map((tally) => [tally.table, tally.lines()]));
}
