import { sql, type Kysely, type RawBuilder } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '#lib/database/database';
import { describePostgres, useDatabase } from '../../setup/database.ts';
import { quietLog } from '../../setup/quiet-log.ts';

const OFTEN = 25;

describePostgres('statements that come often are prepared', () => {
  const shared = useDatabase();
  let database: OpenDatabase;
  let warnings: string[];

  beforeEach(async () => {
    await shared().pool.query('drop table if exists things; create table things (id int, name text)');
    await shared().pool.query(`insert into things values (1, 'one'), (2, 'two')`);
    warnings = [];
    const log = { ...quietLog, warn: (_: object, message: string) => void warnings.push(message) };
    database = await openDatabase({ url: shared().url, dataDirectory: '', log, migrate: false });
    return () => database.close();
  });

  /** One connection, as only there a prepared statement is seen. */
  const onOneConnection = <T>(act: (db: Kysely<unknown>) => Promise<T>): Promise<T> =>
    database.db.connection().execute((db) => act(db as unknown as Kysely<unknown>));
  const thing = (id: number): RawBuilder<unknown> => sql`select * from things where id = ${id}`;
  const readOften = async (db: Kysely<unknown>, times = OFTEN): Promise<void> => {
    for (let read = 0; read < times; read += 1) {
      const id = 1 + (read % 2);
      const { rows } = await thing(id).execute(db);
      expect(rows).toEqual([{ id, name: id === 1 ? 'one' : 'two' }]);
    }
  };
  const prepared = async (db: Kysely<unknown>): Promise<string[]> => {
    const { rows } = await sql<{ statement: string }>`
      select statement from pg_prepared_statements order by name`.execute(db);
    return rows.map((row) => row.statement);
  };

  test('and answer as before; one that comes now and then is not', async () => {
    await onOneConnection(async (db) => {
      await readOften(db, 19);
      expect(await prepared(db)).toEqual([]);
      await readOften(db);
      expect(await prepared(db)).toEqual(['select * from things where id = $1']);
    });
  });

  test('no more than fifty of them', async () => {
    await onOneConnection(async (db) => {
      for (let kind = 0; kind < 60; kind += 1) {
        const statement = sql`select ${sql.raw(String(kind))}::int as kind`;
        for (let use = 0; use < 20; use += 1) await statement.execute(db);
      }
      expect(await prepared(db)).toHaveLength(50);
    });
    expect(warnings).toEqual([]);
  });

  test('where another process has changed a table they go on unprepared', async () => {
    await onOneConnection(async (db) => {
      await readOften(db);
      await shared().pool.query('alter table things add column color text');
      expect((await thing(1).execute(db)).rows).toEqual([{ id: 1, name: 'one', color: null }]);
      expect((await thing(2).execute(db)).rows).toEqual([{ id: 2, name: 'two', color: null }]);
    });
    expect(warnings).toEqual(['the database does not keep prepared statements; going on without them']);
  });

  test('in a transaction the first error is the one that is told, and the next transaction works', async () => {
    await onOneConnection(async (db) => {
      await readOften(db);
      await shared().pool.query('alter table things add column color text');
      await expect(db.transaction().execute((transaction) => thing(1).execute(transaction))).rejects.toThrow(
        'cached plan must not change result type',
      );
      const { rows } = await db.transaction().execute((transaction) => thing(1).execute(transaction));
      expect(rows).toEqual([{ id: 1, name: 'one', color: null }]);
    });
  });

  test('where the session is not the one they were prepared in they go on unprepared', async () => {
    await onOneConnection(async (db) => {
      await readOften(db);
      // As a pooler does between two clients.
      await sql`deallocate all`.execute(db);
      await readOften(db);
      expect(await prepared(db)).toEqual([]);
    });
    expect(warnings).toHaveLength(1);
  });

  test('an error of the statement itself is told as it is', async () => {
    await onOneConnection(async (db) => {
      const divide = (by: number): RawBuilder<unknown> => sql`select 10 / ${by}::int as result`;
      for (let use = 0; use < OFTEN; use += 1) await divide(2).execute(db);
      await expect(divide(0).execute(db)).rejects.toThrow('division by zero');
      expect((await divide(5).execute(db)).rows).toEqual([{ result: 2 }]);
    });
    expect(warnings).toEqual([]);
  });
});
