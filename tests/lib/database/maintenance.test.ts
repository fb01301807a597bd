import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { startEmbeddedMaintenance, vacuum } from '#lib/database/maintenance';
import { onPostgres, useDatabase } from '../../setup/database.ts';
import { quietLog } from '../../setup/quiet-log.ts';
import { eventually } from '../../setup/eventually.ts';

describe.skipIf(onPostgres)('maintenance of the embedded database', () => {
  const database = useDatabase();

  test('gives the room of dead rows to new ones, for tables that have many', async () => {
    const { pool } = database();
    await pool.query(`create table "Big one" (id int, filler text);
      insert into "Big one" select i, repeat('x', 500) from generate_series(1, 5000) i`);
    const size = async (): Promise<number> =>
      Number((await pool.query(`select pg_relation_size('"Big one"') as bytes`)).rows[0].bytes);
    await pool.query('delete from "Big one"');
    const full = await size();
    await vacuum(pool);
    expect(await size()).toBeLessThan(full / 10);
    const statements = vi.spyOn(pool, 'query');
    await vacuum(pool);
    expect(statements.mock.calls.filter(([text]) => text.startsWith('vacuum'))).toEqual([]);
  });

  test('comes round by itself, survives a failure, and ends', async () => {
    const { pool } = database();
    const query = vi.spyOn(pool, 'query').mockRejectedValueOnce(new Error('busy'));
    const warn = vi.spyOn(quietLog, 'warn');
    const stop = startEmbeddedMaintenance(pool, { checkpointEveryMs: 10, vacuumEveryMs: 15, log: quietLog });
    await eventually(() => expect(query.mock.calls.map(([text]) => text)).toContain('checkpoint'));
    await eventually(() => expect(query.mock.calls.length).toBeGreaterThan(4));
    await stop();
    expect(warn).toHaveBeenCalledTimes(1);
    query.mockClear();
    await sleep(40);
    expect(query).not.toHaveBeenCalled();
  });
});
