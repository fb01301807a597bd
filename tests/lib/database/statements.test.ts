import { PGlite } from '@electric-sql/pglite';
import { DatabaseError, type Pool, type QueryResult } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PGlitePool } from '#lib/database/pglite-pool';
import { describePostgres, useDatabase } from '../../setup/database.ts';

/** Made in each database before the statements. */
const SCHEMA = `
  create table parents (id int primary key, name text unique, age int not null check (age > 0));
  create table children (id int primary key, parent_id int references parents on delete restrict)`;

interface Statement {
  readonly sql: string;
  readonly values?: unknown[];
}

/** A statement and the value of its one column `v`, as the database's clients read it. */
const VALUES: readonly (Statement & { readonly v: unknown })[] = [
  { sql: 'select 9007199254740993::int8 as v', v: '9007199254740993' },
  { sql: 'select $1::int8 as v', values: ['1328374655667123456'], v: '1328374655667123456' },
  { sql: 'select count(*) as v from parents', v: '0' },
  { sql: 'select 42 as v', v: 42 },
  { sql: 'select 7::int2 as v', v: 7 },
  { sql: 'select 1.10::numeric as v', v: '1.10' },
  { sql: 'select 1.5::float8 as v', v: 1.5 },
  { sql: 'select $1::bool as v', values: [true], v: true },
  { sql: 'select null::text as v', v: null },
  { sql: 'select $1::text as v', values: [`it's "ü" 👋\n`], v: `it's "ü" 👋\n` },
  { sql: `select '2026-03-29 02:30+02'::timestamptz as v`, v: new Date('2026-03-29T00:30:00Z') },
  {
    sql: 'select $1::timestamptz as v',
    values: [new Date('2026-11-22T12:00:00.123Z')],
    v: new Date('2026-11-22T12:00:00.123Z'),
  },
  { sql: `select '2026-11-22'::date as v`, v: '2026-11-22' },
  { sql: `select '08:30'::time as v`, v: '08:30:00' },
  { sql: `select '{"a": [1, null]}'::jsonb as v`, v: { a: [1, null] } },
  { sql: 'select $1::jsonb as v', values: [{ a: 'b' }], v: { a: 'b' } },
  { sql: 'select $1::json as v', values: ['[1, "x"]'], v: [1, 'x'] },
  { sql: 'select $1::text[] as v', values: [['0', 'a,"b', null]], v: ['0', 'a,"b', null] },
  { sql: 'select array[1, 2] as v', v: [1, 2] },
  { sql: 'select array[]::text[] as v', v: [] },
  { sql: 'select $1::bytea as v', values: [Buffer.from([0, 255, 10])], v: Buffer.from([0, 255, 10]) },
  {
    sql: `select 'a8098c1a-f86e-11da-bd1a-00112444be1e'::uuid as v`,
    v: 'a8098c1a-f86e-11da-bd1a-00112444be1e',
  },
  { sql: `select to_char('2026-11-22 23:30+00'::timestamptz, 'DD HH24') as v`, v: '22 23' },
];

/** A statement that fails, and what `pg` says of it. */
const ERRORS: readonly (Statement & { readonly error: Readonly<Record<string, unknown>> })[] = [
  { sql: 'selec 1', error: { code: '42601', position: '1', message: 'syntax error at or near "selec"' } },
  { sql: 'select * from nobody', error: { code: '42P01', message: 'relation "nobody" does not exist' } },
  { sql: 'select nothing from parents', error: { code: '42703' } },
  {
    sql: `insert into parents values (1, 'a', 1), (1, 'b', 1)`,
    error: {
      code: '23505',
      constraint: 'parents_pkey',
      table: 'parents',
      schema: 'public',
      detail: 'Key (id)=(1) already exists.',
    },
  },
  {
    sql: 'insert into parents values ($1, $2, $3)',
    values: [1, 'a', 0],
    error: { code: '23514', constraint: 'parents_age_check', detail: 'Failing row contains (1, a, 0).' },
  },
  { sql: 'insert into parents values (1)', error: { code: '23502', column: 'age', table: 'parents' } },
  {
    sql: 'insert into children values (1, 99)',
    error: {
      code: '23503',
      constraint: 'children_parent_id_fkey',
      detail: 'Key (parent_id)=(99) is not present in table "parents".',
    },
  },
  { sql: 'select 1/0', error: { code: '22012', message: 'division by zero' } },
  { sql: 'select $1::int', values: ['x'], error: { code: '22P02' } },
  { sql: 'select $1::int', values: ['99999999999'], error: { code: '22003' } },
  { sql: `select '2026-02-31'::date`, error: { code: '22008' } },
  { sql: 'select $1::int, $2::int', values: [1], error: { code: '08P01' } },
  { sql: 'select $1::int', values: [], error: { code: '42P02' } },
  {
    sql: `do $$ begin raise exception 'no' using errcode = 'BM001', detail = '7', hint = 'h'; end $$`,
    error: { code: 'BM001', detail: '7', hint: 'h' },
  },
];

/** Statements whose `command` and `rowCount` callers read. They run in this order. */
const COMMANDS: readonly (Statement & { readonly command: string; readonly rowCount: number | null })[] = [
  { sql: 'begin', command: 'BEGIN', rowCount: null },
  { sql: `insert into parents values (1, 'a', 1), (2, 'b', 2)`, command: 'INSERT', rowCount: 2 },
  { sql: 'update parents set age = 3 where id = $1', values: [1], command: 'UPDATE', rowCount: 1 },
  { sql: 'savepoint here', command: 'SAVEPOINT', rowCount: null },
  { sql: 'delete from parents', command: 'DELETE', rowCount: 2 },
  { sql: 'rollback to here', command: 'ROLLBACK', rowCount: null },
  { sql: 'select * from parents order by id limit 1 for update skip locked', command: 'SELECT', rowCount: 1 },
  { sql: 'rollback', command: 'ROLLBACK', rowCount: null },
  { sql: 'listen something', command: 'LISTEN', rowCount: null },
  { sql: 'unlisten *', command: 'UNLISTEN', rowCount: null },
];

const database = useDatabase();

beforeAll(async () => {
  await database().pool.query(SCHEMA);
});

test.for(VALUES)('$sql', async ({ sql, values, v }) => {
  const { rows } = await database().pool.query(sql, values);
  expect(rows).toEqual([{ v }]);
});

test.for(ERRORS)('$sql is $error.code', async ({ sql, values, error }) => {
  const caught = await database()
    .pool.query(sql, values)
    .catch((reason: unknown) => reason);
  expect(caught).toBeInstanceOf(DatabaseError);
  expect(caught).toMatchObject({ severity: 'ERROR', ...error });
});

test('command and rowCount', async () => {
  const client = await database().pool.connect();
  const seen: unknown[] = [];
  for (const { sql, values } of COMMANDS) {
    const { command, rowCount } = await client.query(sql, values);
    seen.push({ sql, command, rowCount });
  }
  client.release();
  expect(seen).toEqual(COMMANDS.map(({ sql, command, rowCount }) => ({ sql, command, rowCount })));
});

test('several statements without values give several results, and after an error none of them remains', async () => {
  const { pool } = database();
  const results = (await pool.query('select 1 as a; select 2 as b')) as unknown as QueryResult[];
  expect(results.map((result) => result.rows)).toEqual([[{ a: 1 }], [{ b: 2 }]]);
  await expect(pool.query(`insert into parents values (8, 'h', 1); select 1/0`)).rejects.toMatchObject({
    code: '22012',
  });
  expect((await pool.query('select * from parents where id = 8')).rowCount).toBe(0);
});

test('a query as an object, with rows as arrays, and with a callback', async () => {
  const { pool } = database();
  expect((await pool.query({ text: 'select $1::int, 2', values: [1], rowMode: 'array' })).rows).toEqual([
    [1, 2],
  ]);
  const rows = await new Promise((resolve, reject) => {
    pool.query('select 3 as c', (error, result) => (error ? reject(error) : resolve(result.rows)));
  });
  expect(rows).toEqual([{ c: 3 }]);
});

test('a large value comes back whole', async () => {
  const value = 'äb'.repeat(2_000_000);
  const { rows } = await database().pool.query<{ v: string }>('select $1::text as v', [value]);
  expect(rows[0]?.v === value).toBe(true);
});

describePostgres('both databases answer alike', () => {
  let pglite: PGlite;
  let embedded: PGlitePool;

  beforeAll(async () => {
    pglite = await PGlite.create();
    await pglite.exec(SCHEMA);
    embedded = new PGlitePool(pglite);
  });
  afterAll(async () => {
    await embedded.end();
    await pglite.close();
  });

  /** All that a caller can see, without the places in the server's source, which differ from version to version. */
  async function outcome(pool: Pool, { sql, values }: Statement): Promise<unknown> {
    try {
      const { rows, rowCount, command, fields } = await pool.query(sql, values);
      return { sql, rows, rowCount, command, types: fields.map((field) => [field.name, field.dataTypeID]) };
    } catch (error) {
      const { message, severity, code, detail, hint, position, schema, table, column, constraint } =
        error as DatabaseError;
      return { sql, message, severity, code, detail, hint, position, schema, table, column, constraint };
    }
  }

  test('in rows, types, commands and errors', async () => {
    for (const statement of [...VALUES, ...ERRORS]) {
      expect(await outcome(embedded, statement)).toEqual(await outcome(database().pool, statement));
    }
  });
});
