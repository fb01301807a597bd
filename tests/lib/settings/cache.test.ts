import { container } from '@sapphire/framework';
import { sql, type KyselyPlugin } from 'kysely';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Database } from '#lib/database/database';
import { createLog } from '#lib/logging/logger';
import { Settings } from '#lib/settings/settings';
import { Caches } from '#lib/limits/caches';
import { setupSettings } from '../../../src/setup/settings.ts';
import { describePostgres, useDatabase, type TestDatabase } from '../../setup/database.ts';
import { freshCaches } from '../../setup/caches.ts';
import { eventually } from '../../setup/eventually.ts';

const GUILD = '1328374655667123456';
const OFFSET = 'reminders.offset_minutes';
const clock = { now: () => new Date('2026-12-01T09:00:00Z') };

const database = useDatabase();
beforeEach(() => database().empty());

/** A database whose answers can be counted, and the next one held back. */
function watched(): { db: Database; answers: () => number; hold: () => () => void } {
  let answers = 0;
  let gate: Promise<void> = Promise.resolve();
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      answers += 1;
      const held = gate;
      gate = Promise.resolve();
      await held;
      return result;
    },
  };
  return {
    db: database().db.withPlugin(plugin),
    answers: () => answers,
    hold() {
      let release = (): void => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return () => release();
    },
  };
}

/** Changes a value as if another process did and its notice did not come. */
async function changeUnheard(minutes: number, guildId = GUILD): Promise<void> {
  await sql`insert into bot_settings (guild_id, scope, key, value, value_type)
    values (${guildId}, 'reminders', 'offset_minutes', ${String(minutes)}::jsonb, 'integer')
    on conflict (guild_id, scope, key) do update set value = excluded.value`.execute(database().db);
}

describe('what is in memory', () => {
  test('is read once, until it is forgotten', async () => {
    const { db, answers } = watched();
    const settings = new Settings({ db, clock, caches: freshCaches() });
    expect([await settings.get(GUILD, OFFSET), await settings.get(GUILD, OFFSET)]).toEqual([60, 60]);
    expect(answers()).toBe(1);
    await changeUnheard(20);
    expect(await settings.get(GUILD, OFFSET)).toBe(60);
    settings.invalidate('1');
    expect(await settings.get(GUILD, OFFSET)).toBe(60);
    settings.invalidate(GUILD);
    expect(await settings.get(GUILD, OFFSET)).toBe(20);
    await changeUnheard(30);
    settings.invalidateAll();
    expect(await settings.get(GUILD, OFFSET)).toBe(30);
  });

  test('is what the process itself has changed, at once', async () => {
    const settings = new Settings({ db: database().db, clock, caches: freshCaches() });
    await settings.get(GUILD, OFFSET);
    await settings.change({ guildId: GUILD, key: OFFSET, value: 20, changedBy: '1' });
    expect(await settings.get(GUILD, OFFSET)).toBe(20);
    await settings.undo({ guildId: GUILD, entryId: '1', undoneBy: '1' });
    expect(await settings.get(GUILD, OFFSET)).toBe(60);
  });

  test('is loaded by one query, however many ask at once', async () => {
    const { db, answers } = watched();
    const settings = new Settings({ db, clock, caches: freshCaches() });
    await Promise.all(Array.from({ length: 20 }, () => settings.get(GUILD, OFFSET)));
    expect(answers()).toBe(1);
  });

  test.each([
    ['of this guild', (settings: Settings) => settings.invalidate(GUILD)],
    ['of all', (settings: Settings) => settings.invalidateAll()],
  ])('is not what a load found before a change %s', async (_name, forget) => {
    const { db, answers, hold } = watched();
    const settings = new Settings({ db, clock, caches: freshCaches() });
    const release = hold();
    const stale = settings.get(GUILD, OFFSET);
    await eventually(() => expect(answers()).toBe(1));
    await changeUnheard(20);
    forget(settings);
    expect(await settings.get(GUILD, OFFSET)).toBe(20);
    release();
    expect(await stale).toBe(60);
    expect(await settings.get(GUILD, OFFSET)).toBe(20);
  });

  test('is not a failure', async () => {
    const failing = new Settings({ db: database().db, clock, caches: freshCaches() });
    const connect = vi.spyOn(database().pool, 'connect').mockImplementationOnce(() => {
      throw new Error('no database');
    });
    await expect(failing.get(GUILD, OFFSET)).rejects.toThrow('no database');
    connect.mockRestore();
    expect(await failing.get(GUILD, OFFSET)).toBe(60);
  });

  test('is of so many guilds; who was not asked about for longest goes first, which the log says at debug', async () => {
    const lines: Record<string, unknown>[] = [];
    const log = createLog('debug', {
      write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
    });
    const { db, answers } = watched();
    const caches = new Caches(log);
    const settings = new Settings({ db, clock, caches, cachedGuilds: 2 });
    for (const guild of ['1', '2', '1', '3']) await settings.get(guild, OFFSET);
    expect([caches.sizes(), answers()]).toEqual([{ settings: { size: 2, max: 2 } }, 3]);
    expect(lines).toMatchObject([{ level: 'debug', cache: 'settings', msg: 'a full cache made room' }]);
    settings.invalidate('1');
    expect([caches.sizes(), lines.length]).toEqual([{ settings: { size: 1, max: 2 } }, 1]);
  });

  test('is of 500 guilds at most', async () => {
    const caches = freshCaches();
    const settings = new Settings({ db: database().db, clock, caches });
    for (let guild = 1; guild <= 510; guild += 1) await settings.overrides(String(guild));
    expect(caches.sizes()).toEqual({ settings: { size: 500, max: 500 } });
  });
});

/** The settings of a process that listens for changes. */
async function listening(on: TestDatabase | Awaited<ReturnType<TestDatabase['open']>>): Promise<Settings> {
  await setupSettings(on, clock, freshCaches());
  return container.settings;
}

test('a change is heard by whoever listens', async () => {
  const listener = await listening(database());
  const writer = new Settings({ db: database().db, clock, caches: freshCaches() });
  expect(await listener.get(GUILD, OFFSET)).toBe(60);
  await writer.change({ guildId: GUILD, key: OFFSET, value: 20, changedBy: '1' });
  await vi.waitFor(async () => expect(await listener.get(GUILD, OFFSET)).toBe(20), {
    timeout: 1_000,
    interval: 10,
  });
});

describePostgres('another process', () => {
  test('hears of a change within a second', async () => {
    const listener = await listening(await database().open());
    const writer = await listening(database());
    expect(await listener.get(GUILD, OFFSET)).toBe(60);
    await writer.change({ guildId: GUILD, key: OFFSET, value: 20, changedBy: '1' });
    await vi.waitFor(async () => expect(await listener.get(GUILD, OFFSET)).toBe(20), {
      timeout: 1_000,
      interval: 10,
    });
  });

  test('remembers nothing from before its connection was lost', async () => {
    const other = await database().open();
    const listener = await listening(other);
    expect(await listener.get(GUILD, OFFSET)).toBe(60);
    await changeUnheard(20);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(database().db);
    await vi.waitFor(async () => expect(await listener.get(GUILD, OFFSET)).toBe(20), {
      timeout: 5_000,
      interval: 50,
    });
  });
});
