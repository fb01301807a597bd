import { Collection, DiscordAPIError, Status, type Client } from 'discord.js';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { createLog } from '#lib/logging/logger';
import { guildsRemoved } from '#lib/privacy/leaving';
import { eraseDue } from '#lib/privacy/sweep';
import { MovableClock } from '#lib/time/clock';
import { useDatabase } from '../../setup/database.ts';
import { HERE, THERE, writeMarkedRows } from './marked-rows.ts';

const DAY_MS = 24 * 60 * 60_000;
const NOW = new Date('2026-12-02T09:00:00Z');

const database = useDatabase();
const db = () => database().db;
let clock: MovableClock;

/** Tables that name a guild, read from the database itself and not from the rules. */
async function guildTables(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'guild_id' order by 1`.execute(db());
  return rows.map(({ name }) => name);
}

/** Rows of a guild in each table, as text; what members asked for themselves comes due by itself and ends with a receipt. */
async function rowsOf(guild: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const table of await guildTables()) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(one)::text as row from ${sql.table(table)} as one
      where guild_id = ${guild} and ${table === 'erasures' ? sql`one.kind <> 'asked'` : sql`true`} order by 1`.execute(
      db(),
    );
    found.set(
      table,
      rows.map(({ row }) => row),
    );
  }
  return found;
}

/** The same without what the sweep writes down of its own attempts. */
async function keptOf(guild: string): Promise<Map<string, string[]>> {
  const rows = await rowsOf(guild);
  rows.delete('erasures');
  return rows;
}

const sweep = (): Promise<void> =>
  eraseDue({
    db: db(),
    clock,
    log: createLog('silent'),
    letGo: () => Promise.resolve(),
    client: {
      guilds: { cache: new Map([[THERE, {}]]) },
      ws: { shards: new Collection([[0, { status: Status.Ready }]]) },
      rest: {
        get: () =>
          Promise.reject(
            new DiscordAPIError({ code: 10_004, message: 'Unknown Guild' }, 10_004, 404, 'GET', '', {
              body: undefined,
              files: [],
            }),
          ),
      },
    } as unknown as Client,
    tell: () => Promise.resolve(),
  });

beforeEach(async () => {
  await database().empty();
  clock = new MovableClock(NOW);
  await writeMarkedRows(db());
  await db().deleteFrom('erasures').where('kind', '=', 'asked').execute();
  await guildsRemoved(db(), [HERE], NOW);
  clock.advance(30 * DAY_MS);
});

test('the erasure of a guild leaves nothing of it in any table that names a guild, and all of its neighbour', async () => {
  const [here, there] = [await rowsOf(HERE), await rowsOf(THERE)];
  expect(here.size).toBeGreaterThan(45);
  const empty = [...here].flatMap(([table, rows]) => (rows.length === 0 ? [table] : []));
  expect(empty).toEqual([]);
  await sweep();
  const left = [...(await rowsOf(HERE))].filter(([, rows]) => rows.length > 0);
  expect(left).toEqual([]);
  expect(await rowsOf(THERE)).toEqual(there);
});

test('nor is it named in any other column of any table, but for sessions that end by themselves long before', async () => {
  await sweep();
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'`.execute(db());
  const naming: string[] = [];
  for (const { name } of rows) {
    const hits = await sql`
      select 1 from ${sql.table(name)} as one where to_jsonb(one)::text like ${`%${HERE}%`} limit 1`.execute(
      db(),
    );
    if (hits.rows.length > 0) naming.push(name);
  }
  // How the bot itself was: it names a guild only in the mark that the tests put there.
  expect(naming.sort()).toEqual(['health_check_history', 'web_sessions']);
});

test('whichever line it dies over, nothing is gone yet, and the next one does all of it', async () => {
  await sql`
    create function die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`.execute(
    db(),
  );
  const before = await keptOf(HERE);
  for (const table of await guildTables()) {
    await sql`create trigger dies before delete on ${sql.table(table)} for each row execute function die()`.execute(
      db(),
    );
    await sweep();
    await sql`drop trigger dies on ${sql.table(table)}`.execute(db());
    expect(await keptOf(HERE)).toEqual(before);
    clock.advance(60 * 60_000);
  }
  const { attempts } = await db()
    .selectFrom('erasures')
    .select('attempts')
    .where('kind', '=', 'removed')
    .executeTakeFirstOrThrow();
  expect(attempts).toBe(before.size + 1);
  await sweep();
  expect([...(await rowsOf(HERE))].filter(([, rows]) => rows.length > 0)).toEqual([]);
}, 60_000);
