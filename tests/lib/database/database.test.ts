import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { notify, openDatabase } from '#lib/database/database';
import { createDatabase, describePostgres, useDatabase } from '../../setup/database.ts';
import { quietLog } from '../../setup/quiet-log.ts';
import { eventually } from '../../setup/eventually.ts';

const database = useDatabase();

beforeEach(() => database().empty());

const row = {
  guild_id: '1328374655667123456',
  scope: 'test',
  key: 'k',
  value: '["a", null]',
  value_type: 'list',
};

test('snowflakes and JSON come back as they went in', async () => {
  const { db } = database();
  await db.insertInto('bot_settings').values(row).execute();
  const { updated_at, ...found } = await db.selectFrom('bot_settings').selectAll().executeTakeFirstOrThrow();
  expect(found).toEqual({ ...row, value: ['a', null], updated_by: null });
  expect(Math.abs(updated_at.getTime() - Date.now())).toBeLessThan(60_000);
});

test('emptied, it holds nothing, and ids begin again', async () => {
  const { db, empty } = database();
  const entry = { guild_id: '1', scope: 's', key: 'k', value_type: 't', change_type: 'created' };
  const insert = () =>
    db.insertInto('settings_history').values(entry).returning('id').executeTakeFirstOrThrow();
  expect([await insert(), await insert()]).toEqual([{ id: '1' }, { id: '2' }]);
  await empty();
  expect(await insert()).toEqual({ id: '1' });
  // With so much in it that it is truncated instead.
  await sql`insert into settings_history (guild_id, scope, key, value_type, change_type)
    select 1, 's', 'k', 't', 'created' from generate_series(1, 10000)`.execute(db);
  await empty();
  expect(await insert()).toEqual({ id: '1' });
});

test('Kysely transactions, nested in savepoints, commit and roll back while others wait', async () => {
  const { db } = database();
  const insert = (key: string, on = db) =>
    on
      .insertInto('bot_settings')
      .values({ ...row, key })
      .execute();
  const failing = db.transaction().execute(async (trx) => {
    await insert('lost', trx);
    await sleep(20);
    throw new Error('no');
  });
  const others = Promise.all([insert('a'), insert('b')]);
  await expect(failing).rejects.toThrow('no');
  await others;
  const trx = await db.startTransaction().execute();
  await insert('c', trx);
  const saved = await trx.savepoint('here').execute();
  await insert('d', saved);
  await saved.rollbackToSavepoint('here').execute();
  await trx.commit().execute();
  const keys = await db.selectFrom('bot_settings').select('key').orderBy('key').execute();
  expect(keys.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
});

test('a database is healthy until it is closed', async () => {
  const other = await createDatabase();
  expect(await other.isHealthy(5_000)).toBe(true);
  await other.close();
  await other.close();
  expect(await other.isHealthy(5_000)).toBe(false);
});

describe('notifications', () => {
  test('reach every handler of the channel, also when one of them fails; until it is ended', async () => {
    const { db, listen } = database();
    const heard: string[] = [];
    const failing = await listen('news', () => expect.unreachable(), vi.fn());
    const stop = await listen('news', (payload) => heard.push(payload), vi.fn());
    const logged = vi.spyOn(quietLog, 'error').mockReturnValue();
    await notify(db, 'news', 'ä');
    await notify(db, 'other', 'x');
    await notify(db, 'news');
    await eventually(() => expect(heard).toEqual(['ä', '']));
    await failing();
    await stop();
    await notify(db, 'news', 'too late');
    await notify(db, 'news', 'x'.repeat(7_999));
    expect(heard).toEqual(['ä', '']);
    expect(logged).toHaveBeenCalledTimes(2);
  });

  test('a payload that PostgreSQL would refuse is refused', async () => {
    await expect(notify(database().db, 'news', 'ä'.repeat(4_000))).rejects.toThrow(RangeError);
  });
});

describePostgres('two processes on one database', () => {
  test('hear each other', async () => {
    const other = await database().open();
    const heard = vi.fn<(payload: string) => void>();
    await other.listen('news', heard, vi.fn());
    await database()
      .db.transaction()
      .execute((trx) => notify(trx, 'news', 'from here'));
    await eventually(() => expect(heard).toHaveBeenCalledWith('from here'));
  });

  test('a connection that is cut is made again, and whoever listened is told once', async () => {
    const heard = vi.fn<(payload: string) => void>();
    const lost = vi.fn<() => void>();
    const other = await database().open();
    await other.listen('one', heard, lost);
    await other.listen('two', heard, vi.fn());
    await database().pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await eventually(() => expect(lost).toHaveBeenCalled());
    await notify(other.db, 'one', 'a');
    await notify(other.db, 'two', 'b');
    await eventually(() => expect(heard.mock.calls).toEqual([['a'], ['b']]));
    expect(lost).toHaveBeenCalledTimes(1);
  });

  test('sessions are set up alike, whatever the server prefers', async () => {
    const { pool, url } = database();
    await pool.query(`alter database "${new URL(url ?? '').pathname.slice(1)}" set timezone = 'Asia/Tokyo'`);
    const other = await openDatabase({ url, dataDirectory: '', log: quietLog });
    const setting = async (name: string) =>
      (await other.pool.query(`select current_setting($1) as v`, [name])).rows[0].v;
    expect(
      await Promise.all(['timezone', 'search_path', 'statement_timeout', 'application_name'].map(setting)),
    ).toEqual(['UTC', 'public, bullmq', '30s', 'alphapy']);
    await other.close();
  });
});
