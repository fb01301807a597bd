import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { openDatabase, type Database, type OpenDatabase } from '../../../src/lib/database/database.ts';
import { NO_FILTER, type ListCursor, type ListFilter } from '../../../src/lib/tickets/list/filter.ts';
import { readTicketPage } from '../../../src/lib/tickets/list/page.ts';
import type { Scope } from '../../../src/lib/tickets/scope.ts';
import { readCourse } from '../../../src/lib/tickets/stats/course.ts';
import {
  readStaffFigures,
  readTicketFigures,
  type StatsScope,
} from '../../../src/lib/tickets/stats/figures.ts';
import { writeMetrics } from '../../../src/lib/tickets/stats/metrics.ts';
import { quietLog } from '../../setup/quiet-log.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf, percentile, timesOf } from '../statistics.ts';

const GUILD = '1000';
const NOW = new Date('2027-04-01T12:00:00Z');
const ALL: Scope = { userId: '1', all: true, categoryIds: [], roleIds: [] };
const EVERY: ListFilter = { ...NO_FILTER, status: 'all' };
/** In the middle of the two years over which the tickets are spread. */
const MIDDLE: ListCursor = { side: 'after', lastActivityAt: new Date('2026-04-01T12:00:00Z'), id: 1 };

const page =
  (scope: Scope, filter: ListFilter, cursor: ListCursor | null) =>
  (db: Database): Promise<unknown> =>
    readTicketPage(db, GUILD, scope, filter, cursor);
/** What `/ticket_stats` reads. */
const stats =
  (scope: StatsScope) =>
  async (db: Database): Promise<void> => {
    await readTicketFigures(db, GUILD, scope, NOW);
    await readStaffFigures(db, GUILD, scope, NOW);
    await readCourse(db, GUILD, scope, { now: NOW, zone: 'Europe/Brussels' });
  };

const MEASURED: readonly (readonly [what: string, act: (db: Database) => Promise<unknown>])[] = [
  ['list, open ones, first page', page(ALL, NO_FILTER, null)],
  ['list, all, a page in the middle', page(ALL, EVERY, MIDDLE)],
  ['list, all of one category', page(ALL, { ...EVERY, category: 3 }, null)],
  ['list, all claimed by one of the staff', page(ALL, { ...EVERY, claimedBy: '5' }, null)],
  [
    'list, all for staff of one category',
    page({ userId: '1', all: false, categoryIds: [8], roleIds: [] }, EVERY, null),
  ],
  ['list, a member’s own', page({ userId: '5000', all: false, categoryIds: [], roleIds: [] }, EVERY, null)],
  ['figures, 7 days', stats('7d')],
  ['figures, 30 days', stats('30d')],
  ['figures, all', stats('all')],
  ['snapshot at a close, 7 days', (db) => writeMetrics(db, GUILD, '7d', null, NOW)],
];

/** What staff wait for with a long history of tickets in their server. */
export const ticketsOverview: Measurement = {
  name: 'tickets-overview',
  async run({ server, isQuick }) {
    const count = isQuick ? 10_000 : 100_000;
    const rows: Row[] = [];
    const postgres = await openDatabase({
      url: await server.createDatabase(true),
      dataDirectory: '',
      log: quietLog,
      migrate: false,
    });
    rows.push(...(await measure(postgres, 'PostgreSQL', count, isQuick)));
    const dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'alphapy-bench-'));
    try {
      const embedded = await openDatabase({ url: null, dataDirectory, log: quietLog });
      rows.push(...(await measure(embedded, 'embedded', count, isQuick)));
    } finally {
      await rm(dataDirectory, { recursive: true, force: true });
    }
    return rows;
  },
};

async function measure(
  database: OpenDatabase,
  where: string,
  count: number,
  isQuick: boolean,
): Promise<Row[]> {
  const { db } = database;
  try {
    await plant(db, count);
    const rows: Row[] = [];
    for (const [what, act] of MEASURED) {
      const [p50, p99]: number[][] = [[], []];
      for (let series = 0; series < 3; series += 1) {
        const samples = await timesOf(isQuick ? 10 : 20, () => act(db));
        p50?.push(percentile(samples, 0.5));
        p99?.push(percentile(samples, 0.99));
      }
      const named = `${count.toLocaleString('en-US')} tickets, ${what}, ${where}`;
      rows.push(
        { what: `${named}, p50`, unit: 'ms', figure: figureOf(p50 ?? []), bare: null },
        { what: `${named}, p99`, unit: 'ms', figure: figureOf(p99 ?? []), bare: null },
      );
    }
    return rows;
  } finally {
    await database.close();
  }
}

/**
 * Two years of tickets, one of fifty of them open, of 20,000 members, with twenty staff; the eighth category is a small one whose tickets are
 * the newest, which is what an order by activity comes to last. As many of another guild stand beside them.
 */
async function plant(db: Database, count: number): Promise<void> {
  await sql`
    insert into ticket_categories (guild_id, position, name)
    select ${GUILD}, n, 'Category ' || n from generate_series(1, 8) n`.execute(db);
  await sql`
    insert into support_tickets
      (guild_id, user_id, username, category_id, description, status, channel_id, claimed_by, first_response_at,
       closed_at, closed_by, last_activity_at, created_at)
    select guild, case when is_open then 100000 + n else 1000 + n % 20000 end, 'member',
      case when guild <> ${GUILD} then null when n > ${count}::int * 0.999 then 8 else 1 + n % 7 end,
      repeat('What it is about. ', 8), case when is_open then 'claimed' when n % 3 = 0 then 'archived' else 'closed' end,
      guild * 1000000 + n, n % 20, created + interval '5 minutes' * (n % 100),
      case when is_open then null else created + interval '1 hour' * (n % 200) end,
      case when is_open then null else n % 20 end,
      created + interval '1 hour' * (n % 200), created
    from (
      select guild, n, n % 50 = 0 as is_open,
        date_trunc('milliseconds', ${NOW}::timestamptz - interval '730 days' * (1 - n::float8 / ${count}::int)) as created
      from generate_series(1, ${count}::int) n, unnest(array[${GUILD}, 2000]::bigint[]) guild
    ) made`.execute(db);
  await sql`
    insert into ticket_events (guild_id, ticket_id, kind, at)
    select guild_id, id, kind, created_at from support_tickets, unnest(array['opened', 'claimed', 'closed']) kind`.execute(
    db,
  );
  await sql`
    insert into ticket_events (guild_id, ticket_id, kind, at)
    select guild_id, id, 'reopened', created_at from support_tickets where id % 20 = 0`.execute(db);
  await sql`
    insert into ticket_ratings (guild_id, ticket_id, user_id, staff_id, rating, rated_at)
    select guild_id, id, user_id, claimed_by, 1 + id % 5, created_at from support_tickets where id % 4 = 0`.execute(
    db,
  );
  await sql`vacuum analyze`.execute(db);
}
