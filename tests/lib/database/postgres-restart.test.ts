import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { notify, openDatabase, type OpenDatabase } from '#lib/database/database';
import { createCluster, type Cluster } from '../../setup/cluster.ts';
import { describePostgres } from '../../setup/database.ts';
import { quietLog } from '../../setup/quiet-log.ts';
import { eventually } from '../../setup/eventually.ts';

/** What `pg` says of a server that is not there, or no longer. */
const GONE = /terminat|ECONNREFUSED|ECONNRESET|not queryable|closed/i;

describePostgres('PostgreSQL restarted under the bot', () => {
  // Of its own, as other test files use the one they share.
  let cluster: Cluster;
  let database: OpenDatabase;

  beforeAll(async () => {
    cluster = await createCluster();
    database = await openDatabase({ url: cluster.url, dataDirectory: '', log: quietLog });
  });
  afterAll(async () => {
    await database?.close();
    await cluster?.remove();
  });

  test('statements fail while it is away and work when it is back, and listeners are told', async () => {
    const heard = vi.fn<(payload: string) => void>();
    const lost = vi.fn<() => void>();
    await database.listen('news', heard, lost);
    const borrowed = await database.pool.connect();
    const transaction = await database.db.startTransaction().execute();
    await Promise.all([database.pool.query('select 1'), database.pool.query('select 2')]);

    await cluster.stop();
    await expect(database.pool.query('select 1')).rejects.toThrow(GONE);
    await expect(transaction.commit().execute()).rejects.toThrow(GONE);
    await expect(borrowed.query('select 1')).rejects.toThrow(GONE);
    borrowed.release();
    expect(await database.isHealthy(1_000)).toBe(false);
    expect(lost).not.toHaveBeenCalled();

    await cluster.start();
    await eventually(() => expect(lost).toHaveBeenCalledTimes(1));
    expect(await database.isHealthy(1_000)).toBe(true);
    expect(await database.db.selectFrom('reminders').selectAll().execute()).toEqual([]);
    await notify(database.db, 'news', 'back');
    await eventually(() => expect(heard).toHaveBeenCalledWith('back'));
  }, 60_000);
});
