import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#lib/database/database';
import { listIds } from '#lib/tickets/list/custom-ids';
import {
  NO_FILTER,
  readCursor,
  readFilter,
  statusesOf,
  writeCursor,
  writeFilter,
  type ListCursor,
  type ListFilter,
} from '#lib/tickets/list/filter';
import { LIST_COUNTED_MAX, readTicketPage } from '#lib/tickets/list/page';
import type { Scope } from '#lib/tickets/scope';
import { ticketStatuses } from '#lib/tickets/status';
import { CUSTOM_ID_MAX } from '#lib/ui/limits';
import { useDatabase } from '../../setup/database.ts';
import { putCategory, putTicket } from './fixtures-overview.ts';

const database = useDatabase();
const db = (): Database => database().db;

const [HERE, THERE, MIA, SAM, ANN] = ['1001', '1002', '2001', '2002', '2003'];
const BEGIN = Date.parse('2027-01-01T00:00:00Z');
/** The last that a custom id can carry. */
const LATEST = new Date(36 ** 9 - 1);
const ALL: Scope = { userId: ANN, all: true, categoryIds: [], roleIds: [] };

interface Known {
  readonly id: number;
  readonly status: (typeof ticketStatuses)[number];
  readonly at: number;
  readonly userId: string;
  readonly claimedBy: string | null;
  readonly categoryId: number | null;
}
const known: Known[] = [];
let categories: number[] = [];

beforeAll(async () => {
  categories = [await putCategory(db(), HERE, 'Billing'), await putCategory(db(), HERE, 'Keys')];
  for (let index = 0; index < 96; index += 1) {
    // Many at the same instant, so that the number has to decide.
    const at = BEGIN + (index % 7) * 60_000;
    const one = {
      status: ticketStatuses[index % ticketStatuses.length] ?? 'open',
      at,
      userId: index % 5 === 0 ? SAM : String(3000 + index),
      claimedBy: index % 4 === 0 ? ANN : null,
      categoryId: [null, ...categories][index % 3] ?? null,
    } as const;
    const values = {
      user_id: one.userId,
      status: one.status,
      claimed_by: one.claimedBy,
      category_id: one.categoryId,
      created_at: new Date(BEGIN),
      last_activity_at: new Date(at),
    };
    known.push({ ...one, id: await putTicket(db(), { guild_id: HERE, ...values }) });
    await putTicket(db(), { guild_id: THERE, ...values, user_id: String(5000 + index), category_id: null });
  }
});

const inOrder = (keep: (one: Known) => boolean): number[] =>
  known
    .filter(keep)
    .toSorted((one, other) => one.at - other.at || one.id - other.id)
    .map(({ id }) => id);

/** All pages to the end, then all of them back to the beginning. */
async function walk(scope: Scope, filter: ListFilter): Promise<{ there: number[]; back: number[] }> {
  const [there, back]: number[][] = [[], []];
  let page = await readTicketPage(db(), HERE, scope, filter, null);
  for (;;) {
    there?.push(...page.tickets.map(({ id }) => id));
    expect(page.tickets.length).toBeLessThanOrEqual(10);
    if (page.next === null) break;
    page = await readTicketPage(db(), HERE, scope, filter, page.next);
  }
  for (;;) {
    back?.unshift(...page.tickets.map(({ id }) => id));
    if (page.previous === null) break;
    page = await readTicketPage(db(), HERE, scope, filter, page.previous);
  }
  return { there: there ?? [], back: [...new Set(back)] };
}

describe('a list of tickets', () => {
  test.each<[string, Partial<ListFilter>, (one: Known) => boolean]>([
    ['all open ones', {}, ({ status }) => status !== 'closed' && status !== 'archived'],
    ['all', { status: 'all' }, () => true],
    ['one status', { status: 'waiting_for_user' }, ({ status }) => status === 'waiting_for_user'],
    ['the general kind', { status: 'all', category: 'general' }, ({ categoryId }) => categoryId === null],
    ['claimed by somebody', { status: 'all', claimedBy: ANN }, ({ claimedBy }) => claimedBy === ANN],
    ['claimed by nobody', { status: 'all', claimedBy: 'nobody' }, ({ claimedBy }) => claimedBy === null],
    ['opened by somebody', { status: 'all', openerId: SAM }, ({ userId }) => userId === SAM],
  ])('%s: each once, quiet longest first, there and back, of one server', async (_name, filter, keep) => {
    const expected = inOrder(keep);
    expect(expected.length).toBeGreaterThan(10);
    const { there, back } = await walk(ALL, { ...NO_FILTER, ...filter });
    expect(there).toEqual(expected);
    expect(new Set(back)).toEqual(new Set(expected));
    expect((await readTicketPage(db(), HERE, ALL, { ...NO_FILTER, ...filter }, null)).count).toBe(
      expected.length,
    );
  });

  test('of a member has their own, of staff of a category that category too', async () => {
    const [billing = 0] = categories;
    const filter: ListFilter = { ...NO_FILTER, status: 'all' };
    const own = await walk({ userId: SAM, all: false, categoryIds: [], roleIds: [] }, filter);
    expect(own.there).toEqual(inOrder(({ userId }) => userId === SAM));
    const some = await walk({ userId: SAM, all: false, categoryIds: [billing], roleIds: [] }, filter);
    expect(some.there).toEqual(inOrder(({ userId, categoryId }) => userId === SAM || categoryId === billing));
    const nobody = await readTicketPage(
      db(),
      HERE,
      { userId: MIA, all: false, categoryIds: [], roleIds: [] },
      { ...filter, openerId: SAM },
      null,
    );
    expect(nobody).toMatchObject({ tickets: [], count: 0, previous: null, next: null });
  });

  test.each<[string, ListCursor]>([
    ['behind the last ticket', { side: 'after', lastActivityAt: LATEST, id: 2_147_483_647 }],
    ['before the first ticket', { side: 'before', lastActivityAt: new Date(0), id: 0 }],
    ['near the beginning', { side: 'before', lastActivityAt: new Date(BEGIN), id: 9 }],
  ])('%s begins anew', async (_name, cursor) => {
    const first = await readTicketPage(db(), HERE, ALL, NO_FILTER, null);
    expect(await readTicketPage(db(), HERE, ALL, NO_FILTER, cursor)).toEqual(first);
    expect(first).toMatchObject({ previous: null });
  });

  test('is counted up to a bound', async () => {
    await sql`
      insert into support_tickets (guild_id, user_id, description, status, last_activity_at)
      select 1003, 2001, 'x', 'closed', now() from generate_series(1, ${LIST_COUNTED_MAX + 500})`.execute(
      db(),
    );
    const { count } = await readTicketPage(db(), '1003', ALL, { ...NO_FILTER, status: 'all' }, null);
    expect(count).toBe(LIST_COUNTED_MAX + 1);
  });
});

describe('what a component of the list carries', () => {
  const longest: ListFilter = {
    status: 'waiting_for_user',
    category: 2_147_483_647,
    claimedBy: '1234567890123456789',
    openerId: '1234567890123456789',
  };
  const late: ListCursor = { side: 'before', lastActivityAt: LATEST, id: 2_147_483_647 };

  test.each([longest, NO_FILTER, { ...NO_FILTER, category: 'general', claimedBy: 'nobody' } as const])(
    'comes back as it was',
    (filter) => {
      expect(readFilter(writeFilter(filter))).toEqual(filter);
      for (const cursor of [late, null, { ...late, side: 'after' } as const])
        expect(readCursor(writeCursor(cursor))).toEqual(cursor);
      const id = listIds.build('refresh', { ...writeFilter(filter), cursor: writeCursor(late) });
      expect(id.length).toBeLessThanOrEqual(CUSTOM_ID_MAX);
    },
  );

  test.each([
    { status: '8' },
    { status: '' },
    { status: '1.0' },
    { category: '2147483648' },
    { category: '-1' },
    { category: "1' or true" },
    { claimed: 'me' },
    { claimed: '99999999999999999999' },
    { claimed: '9223372036854775808' },
    { opener: '-' },
    { opener: '1e3' },
  ])('and nobody made by pressing is refused: %o', (part) => {
    expect(() => readFilter({ ...writeFilter(NO_FILTER), ...part })).toThrow('common:outdated');
  });

  test.each(['a', 'c1.1', 'a1', 'azzzzzzzzzz.1', 'a1.2147483648', 'a1.-1', 'after'])(
    'and a place that nobody made is refused: %s',
    (cursor) => {
      expect(() => readCursor(cursor)).toThrow('common:outdated');
    },
  );

  test('stands for statuses that exist', () => {
    expect(statusesOf('allOpen')).toEqual(['open', 'claimed', 'waiting_for_user', 'escalated']);
    expect(statusesOf('closed')).toEqual(['closed']);
  });
});
