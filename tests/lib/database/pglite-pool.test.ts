import { openAsBlob } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import type { Notification, PoolClient } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { logLostConnections } from '#lib/database/lost-connections';
import { PGlitePool } from '#lib/database/pglite-pool';
import { onPostgres } from '../../setup/database.ts';
import { quietLog } from '../../setup/quiet-log.ts';

describe.skipIf(onPostgres)('a pool over the embedded database', () => {
  let pglite: PGlite;
  let pool: PGlitePool;

  beforeAll(async () => {
    const dump = inject('databaseDump');
    pglite = await PGlite.create(dump === null ? {} : { loadDataDir: await openAsBlob(dump) });
    await pglite.exec('create table notes (id int primary key, body text not null)');
  });
  afterAll(() => pglite.close());

  beforeEach(() => {
    pool = new PGlitePool(pglite, { connectionTimeoutMillis: 300, idleInTransactionTimeoutMs: 500 });
    logLostConnections(pool, quietLog);
  });
  afterEach(async () => {
    await pool.query('truncate notes');
    await pool.end();
  });

  const ids = async (queryable: { query: PoolClient['query'] } = pool): Promise<number[]> => {
    const { rows } = await queryable.query<{ id: number }>('select id from notes order by id');
    return rows.map((row) => row.id);
  };

  const add = (queryable: { query: PoolClient['query'] }, id: number): Promise<unknown> =>
    queryable.query('insert into notes values ($1, $2)', [id, `note ${id}`]);

  async function twoClients(work: (one: PoolClient, other: PoolClient) => Promise<void>): Promise<void> {
    const [one, other] = [await pool.connect(), await pool.connect()];
    try {
      await work(one, other);
    } finally {
      one.release();
      other.release();
    }
  }

  test('a statement of another client runs after the transaction, not in it, and is not lost with it', () =>
    twoClients(async (one, other) => {
      await one.query('begin');
      await add(one, 1);
      const outside = add(other, 2);
      const seenOutside = ids(other);
      await sleep(20);
      expect(await ids(one)).toEqual([1]);
      await one.query('rollback');
      await outside;
      expect(await seenOutside).toEqual([2]);
    }));

  test('a committed transaction is seen by the client that waited', () =>
    twoClients(async (one, other) => {
      await one.query('start transaction isolation level serializable');
      const seen = ids(other);
      await add(one, 1);
      await one.query('commit');
      expect(await seen).toEqual([1]);
    }));

  test('a transaction that failed still has the session until it is ended', () =>
    twoClients(async (one, other) => {
      await one.query('begin');
      await add(one, 1);
      await expect(one.query('select 1/0')).rejects.toMatchObject({ code: '22012' });
      const outside = add(other, 2);
      await expect(add(one, 3)).rejects.toMatchObject({ code: '25P02' });
      expect((await one.query('commit')).command).toBe('ROLLBACK');
      await outside;
      expect(await ids()).toEqual([2]);
    }));

  test('a client released inside a transaction is rolled back', async () => {
    const client = await pool.connect();
    await client.query('begin');
    await add(client, 1);
    client.release();
    expect(await ids()).toEqual([]);
  });

  test('a client released while a statement of its transaction is under way loses it too', async () => {
    const client = await pool.connect();
    await client.query('begin');
    const late = add(client, 1).catch((error: unknown) => error);
    client.release();
    await late;
    expect(await ids()).toEqual([]);
  });

  test('many clients at once, in transactions and out, lose nothing', async () => {
    const work = Array.from({ length: 60 }, async (_, id) => {
      if (id % 3 === 0) return add(pool, id);
      const client = await pool.connect();
      await client.query('begin');
      await add(client, id);
      await client.query(id % 3 === 1 ? 'commit' : 'rollback');
      return client.release();
    });
    await Promise.all(work);
    expect(await ids()).toEqual(Array.from({ length: 60 }, (_, id) => id).filter((id) => id % 3 !== 2));
  });

  test('clients have their turns in the order in which they came', () =>
    twoClients(async (one) => {
      await one.query('begin');
      const order: number[] = [];
      const waiting = [1, 2, 3].map((id) => add(pool, id).then(() => order.push(id)));
      await one.query('commit');
      await Promise.all(waiting);
      expect(order).toEqual([1, 2, 3]);
    }));

  test('waiting for a transaction that does not end fails with a code, and the client works again after it', () =>
    twoClients(async (one, other) => {
      await one.query('begin');
      await expect(ids(other)).rejects.toMatchObject({ code: '55P03' });
      await one.query('commit');
      expect(await ids(other)).toEqual([]);
    }));

  test('a transaction left alone for too long is rolled back and its client is gone', async () => {
    const client = await pool.connect();
    await client.query('begin');
    await add(client, 1);
    await sleep(700);
    await expect(client.query('commit')).rejects.toThrow(/idle-in-transaction|not queryable|ended|closed/i);
    client.release();
    expect(await ids()).toEqual([]);
  });

  test('no client free: as pg, an error after connectionTimeoutMillis', async () => {
    const small = new PGlitePool(pglite, { max: 1, connectionTimeoutMillis: 50 });
    const client = await small.connect();
    await expect(small.connect()).rejects.toThrow('timeout exceeded when trying to connect');
    expect([small.totalCount, small.idleCount]).toEqual([1, 0]);
    client.release();
    expect(small.idleCount).toBe(1);
    await small.end();
    await expect(small.query('select 1')).rejects.toThrow('Cannot use a pool after calling end on the pool');
  });

  test.each([1, 50])(
    'the event loop goes on while many statements wait for one of %i clients',
    async (max) => {
      const patient = new PGlitePool(pglite, { max });
      let turns = 0;
      let immediate: NodeJS.Immediate;
      // Each statement is longer than what the session may run without letting the loop turn.
      const turn = (): void => {
        turns += 1;
        immediate = setImmediate(turn);
      };
      immediate = setImmediate(turn);
      await Promise.all(
        Array.from({ length: 10 }, () => patient.query('select count(*) from generate_series(1, 500000)')),
      );
      clearImmediate(immediate);
      await patient.end();
      expect(turns).toBeGreaterThanOrEqual(9);
    },
  );

  describe('notifications', () => {
    const heardBy = (client: PoolClient): string[] => {
      const heard: string[] = [];
      client.on('notification', ({ channel, payload }: Notification) => heard.push(`${channel}:${payload}`));
      return heard;
    };

    test('reach the clients that listen on the channel, with the commit', () =>
      twoClients(async (one, other) => {
        const [heardByOne, heardByOther] = [heardBy(one), heardBy(other)];
        await one.query('listen News; listen "Own Name"');
        await pool.query(`notify news, 'a'; notify "Own Name", 'b'; notify elsewhere, 'c'`);
        await other.query('begin');
        await other.query(`select pg_notify('news', 'd')`);
        expect(heardByOne).toEqual(['news:a', 'Own Name:b']);
        await other.query('commit');
        await one.query(`notify news, 'e'`);
        expect(heardByOne).toEqual(['news:a', 'Own Name:b', 'news:d', 'news:e']);
        expect(heardByOther).toEqual([]);
      }));

    test('are not sent by a transaction that is rolled back', () =>
      twoClients(async (one, other) => {
        const heard = heardBy(one);
        await one.query('listen news');
        await other.query(`begin; notify news, 'a'`);
        await other.query('rollback');
        await other.query(`notify news, 'b'`);
        expect(heard).toEqual(['news:b']);
      }));

    test('go on for one client when another stops listening or leaves', () =>
      twoClients(async (one, other) => {
        const [heardByOne, heardByOther] = [heardBy(one), heardBy(other)];
        await one.query('-- as a file of statements begins\nLISTEN news;');
        await other.query('listen news');
        await other.query('unlisten news');
        await pool.query(`notify news, 'a'`);
        await other.query('listen news');
        await other.query('unlisten *');
        await pool.query(`notify news, 'b'`);
        const third = pool.createClient();
        await third.connect();
        await third.query('listen news');
        await third.end();
        await pool.query(`notify news, 'c'`);
        expect([heardByOne, heardByOther]).toEqual([['news:a', 'news:b', 'news:c'], []]);
      }));
  });
});
