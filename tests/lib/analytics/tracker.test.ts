import { beforeEach, describe, expect, test } from 'vitest';
import { CommandTracker } from '#lib/analytics/tracker';
import type { Use } from '#lib/analytics/use';
import type { Database } from '#lib/database/database';
import { createLog } from '#lib/logging/logger';
import { useDatabase } from '../../setup/database.ts';

const database = useDatabase();
const log = createLog('silent');

let count = 0;
const use = (given: Partial<Use> = {}): Use => ({
  guildId: '9100000000003',
  userId: '7000000000001',
  name: 'config set',
  type: 'slash',
  failure: null,
  durationMs: 12,
  at: new Date('2026-12-01T09:00:00Z'),
  correlationId: `use${(count += 1)}`,
  ...given,
});

const names = async (): Promise<string[]> => {
  const rows = await database().db.selectFrom('audit_logs').select('command_name').orderBy('id').execute();
  return rows.map((row) => row.command_name);
};

/** A database that counts its statements and, as long as `away` says so, is not there. */
function watched(state: { away: boolean; statements: number }): Database {
  return database().db.withPlugin({
    transformQuery({ node }) {
      state.statements += 1;
      if (state.away) throw Object.assign(new Error('gone'), { code: '57P01' });
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
}

beforeEach(() => database().empty());

test('lets go what waits of whoever was erased, in one guild or everywhere', async () => {
  const tracker = new CommandTracker({ db: database().db, log });
  const [mia, sam] = ['7000000000001', '7000000000002'];
  tracker.add(use({ name: 'here', userId: mia }));
  tracker.add(use({ name: 'there', userId: mia, guildId: '9100000000004' }));
  tracker.add(use({ name: 'alone', userId: mia, guildId: null }));
  tracker.add(use({ name: 'of sam', userId: sam }));
  await tracker.forget({ userId: mia, guildId: '9100000000003' });
  await tracker.flush();
  expect(await names()).toEqual(['there', 'alone', 'of sam']);
  tracker.add(use({ name: 'again', userId: mia }));
  tracker.add(use({ name: 'alone again', userId: mia, guildId: null }));
  await tracker.forget({ userId: mia, guildId: null });
  expect(tracker.size).toBe(0);
});

test('what is on its way to the database is there when somebody is let go, or never comes', async () => {
  const state = { away: false, statements: 0 };
  const tracker = new CommandTracker({ db: watched(state), log });
  const mia = { userId: '7000000000001', guildId: null };
  tracker.add(use({ name: 'on its way' }));
  const written = tracker.flush();
  await tracker.forget(mia);
  expect(await names()).toEqual(['on its way']);
  await written;

  state.away = true;
  tracker.add(use({ name: 'not taken' }));
  void tracker.flush();
  await tracker.forget(mia);
  expect(tracker.size).toBe(0);
});

test('writes each use with its own time and its failure', async () => {
  const tracker = new CommandTracker({ db: database().db, log });
  tracker.add(use({ at: new Date('2026-12-01T09:00:01Z') }));
  tracker.add(
    use({
      guildId: null,
      name: 'ticket close',
      type: 'button',
      failure: { kind: 'denied', sentence: 'errors:adminOnly' },
      at: new Date('2026-12-01T09:00:02Z'),
    }),
  );
  await tracker.flush();
  const rows = await database().db.selectFrom('audit_logs').selectAll().orderBy('id').execute();
  expect(rows).toMatchObject([
    { guild_id: '9100000000003', command_name: 'config set', success: true, failure: null, duration_ms: 12 },
    {
      guild_id: '0',
      command_type: 'button',
      success: false,
      failure: 'denied',
      error_message: 'errors:adminOnly',
    },
  ]);
  expect(rows.map((row) => row.created_at.toISOString())).toEqual([
    '2026-12-01T09:00:01.000Z',
    '2026-12-01T09:00:02.000Z',
  ]);
});

test('a thousand are written at once, in one statement', async () => {
  const state = { away: false, statements: 0 };
  const tracker = new CommandTracker({ db: watched(state), log });
  for (let index = 0; index < 1_000; index += 1) tracker.add(use());
  await tracker.flush();
  expect(state.statements).toBe(1);
  expect(await names()).toHaveLength(1_000);
});

test('a row that the database does not take holds up no other', async () => {
  const tracker = new CommandTracker({ db: database().db, log });
  for (const name of ['one', 'tw\0o', 'three', 'four']) tracker.add(use({ name }));
  await tracker.flush();
  expect((await names()).sort()).toEqual(['four', 'one', 'three']);
  expect(tracker).toMatchObject({ size: 0, setAside: 1 });
});

test('one that was written already is not written again', async () => {
  const tracker = new CommandTracker({ db: database().db, log });
  const again = use();
  tracker.add(again);
  await tracker.flush();
  tracker.add(again);
  await tracker.flush();
  expect(await names()).toHaveLength(1);
});

describe('while the database is away', () => {
  test('uses wait, are tried once a tick, and come in their order', async () => {
    const state = { away: true, statements: 0 };
    const tracker = new CommandTracker({ db: watched(state), log });
    for (let index = 0; index < 1_200; index += 1) tracker.add(use({ name: `n${index}` }));
    await tracker.flush();
    expect(tracker.size).toBe(1_200);
    expect(state.statements).toBeLessThanOrEqual(2);
    state.away = false;
    await tracker.flush();
    expect(await names()).toEqual(Array.from({ length: 1_200 }, (_, index) => `n${index}`));
  });

  test('only the newest wait, and the others are counted', async () => {
    const state = { away: true, statements: 0 };
    const tracker = new CommandTracker({ db: watched(state), log, queueMax: 3 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) tracker.add(use({ name }));
    await tracker.flush();
    expect(tracker).toMatchObject({ size: 3, dropped: 2 });
    state.away = false;
    await tracker.stop(5_000);
    expect(await names()).toEqual(['c', 'd', 'e']);
  });
});
