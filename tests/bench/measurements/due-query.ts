import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { DB } from '../../../db/types.ts';
import { claimDue, releaseClaims } from '../../../src/lib/reminders/claims.ts';
import { writeDue, writeWaiting } from '../due.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf, percentile } from '../statistics.ts';

const LEASE_MS = 60_000;
const LIMIT = 50;
const DUE = 10;

/** The plan of the due query at the largest size, as PostgreSQL explains it; empty before it was measured. */
export const duePlan: string[] = [];

/** The query that finds and claims what is due, among many that are not: as each sweep runs it. */
export const dueQuery: Measurement = {
  name: 'due-query',
  async run({ server, isQuick }) {
    const rows: Row[] = [];
    for (const size of isQuick ? [1_000, 10_000] : [1_000, 100_000, 1_000_000]) {
      let captured: CompiledQuery | undefined;
      const pool = new Pool({ connectionString: await server.createDatabase(true), max: 1 });
      const db = new Kysely<DB>({
        dialect: new PostgresDialect({ pool }),
        log({ query }) {
          if (query.sql.startsWith('with "due"')) captured = query;
        },
      });
      await writeWaiting(db, size);
      const claim = async () => {
        const claimed = await claimDue(db, { now: new Date(), limit: LIMIT, leaseMs: LEASE_MS });
        await releaseClaims(db, claimed);
        return claimed.length;
      };
      for (let warm = 0; warm < 20; warm += 1) await claim();
      if (captured === undefined) throw new Error('the due query was not seen');
      const idle = await times(isQuick ? 50 : 300, db, captured);
      await writeDue(db, '1', ['1', '2', '3'], DUE, new Date(Date.now() - 1_000));
      if ((await claim()) !== DUE) throw new Error('what is due was not claimed');
      const some = await times(isQuick ? 50 : 300, db, captured);
      const bare = await bareTimes(isQuick ? 50 : 300, db);
      const count = size.toLocaleString('en-US');
      const about = { unit: 'ms', bare: { what: '`select 1` in the same way', figure: bare } };
      rows.push(
        { what: `due query, ${count} reminders, nothing due`, figure: idle, ...about },
        { what: `due query, ${count} reminders, ${DUE} due`, figure: some, ...about },
      );
      duePlan.splice(0, Infinity, ...(await explain(db, captured)));
      await db.destroy();
    }
    return rows;
  },
};

/** Three series of the query in transactions that are rolled back. The values are those of now, not of the capture. */
async function times(count: number, db: Kysely<DB>, query: CompiledQuery) {
  return series(count, db, (trx) => trx.executeQuery(current(query)));
}

async function bareTimes(count: number, db: Kysely<DB>) {
  return series(count, db, (trx) => trx.executeQuery(CompiledQuery.raw('select 1')));
}

/** The median of each of three series, each of so many runs of one statement. */
async function series(count: number, db: Kysely<DB>, run: (trx: Kysely<DB>) => Promise<unknown>) {
  const medians: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const samples: number[] = [];
    for (let index = 0; index < count; index += 1) {
      await sql`begin`.execute(db);
      const begun = performance.now();
      await run(db);
      samples.push(performance.now() - begun);
      await sql`rollback`.execute(db);
    }
    medians.push(percentile(samples, 0.5));
  }
  return figureOf(medians);
}

function current(query: CompiledQuery): CompiledQuery {
  const now = Date.now();
  const parameters = query.parameters.map((value) =>
    value instanceof Date ? new Date(now + (value.getTime() > now + LEASE_MS / 2 ? LEASE_MS : 0)) : value,
  );
  return { ...query, parameters };
}

async function explain(db: Kysely<DB>, query: CompiledQuery): Promise<string[]> {
  await sql`begin`.execute(db);
  const { sql: text, parameters } = current(query);
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': string }>(
    CompiledQuery.raw(`explain (analyze, buffers, costs off) ${text}`, [...parameters]),
  );
  await sql`rollback`.execute(db);
  return rows.map((row) => row['QUERY PLAN']);
}
