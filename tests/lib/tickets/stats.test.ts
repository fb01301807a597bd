import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#lib/database/database';
import { readCourse } from '#lib/tickets/stats/course';
import { readStaffFigures, readTicketFigures } from '#lib/tickets/stats/figures';
import { writeMetrics } from '#lib/tickets/stats/metrics';
import { useDatabase } from '../../setup/database.ts';
import { putCategory, putTicket } from './fixtures-overview.ts';

const database = useDatabase();
const db = (): Database => database().db;
beforeEach(() => database().empty());

const NOW = new Date('2027-04-01T12:00:00Z');
const [HERE, THERE, MIA, ANN, BEN] = ['1001', '1002', '2001', '2002', '2003'];
const [MINUTE_MS, DAY_MS] = [60_000, 24 * 60 * 60_000];
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);

/** A ticket that was answered after so many minutes and closed after so many. */
async function put(
  daysAgo: number,
  { answered, closed, ...more }: { answered?: number; closed?: number } & Record<string, unknown> = {},
): Promise<number> {
  const created = ago(daysAgo * DAY_MS);
  const after = (minutes: number): Date => new Date(created.getTime() + minutes * MINUTE_MS);
  return putTicket(db(), {
    guild_id: HERE,
    user_id: MIA,
    created_at: created,
    ...(answered !== undefined && { first_response_at: after(answered) }),
    ...(closed !== undefined && { closed_at: after(closed), status: 'closed', closed_by: ANN }),
    ...more,
  });
}

async function rate(ticketId: number, rating: number, staffId = ANN): Promise<void> {
  await db()
    .insertInto('ticket_ratings')
    .values({
      guild_id: HERE,
      ticket_id: ticketId,
      user_id: MIA,
      staff_id: staffId,
      rating,
      comment: 'fine',
      rated_at: NOW,
    })
    .execute();
}

async function reopen(ticketId: number, times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1)
    await db()
      .insertInto('ticket_events')
      .values({ guild_id: HERE, ticket_id: ticketId, kind: 'reopened', at: NOW })
      .execute();
}

describe('figures', () => {
  test('of no tickets are nothing, and fail at nothing', async () => {
    expect(await readTicketFigures(db(), HERE, 'all', NOW)).toEqual({
      counts: { open: 0, claimed: 0, waiting_for_user: 0, escalated: 0, closed: 0, archived: 0 },
      backlog: { open: 0, unclaimed: 0 },
      firstResponse: { median: null, p90: null },
      resolution: { median: null, p90: null },
      averageCycleTime: null,
      reopenRate: null,
      rating: null,
      categories: [],
    });
    expect(await readStaffFigures(db(), HERE, 'all', NOW)).toEqual([]);
  });

  test('count what was opened in the days, by status, and what is open whenever it was opened', async () => {
    await put(1);
    await put(2, { status: 'claimed', claimed_by: ANN });
    await put(3, { closed: 10 });
    await put(20, { status: 'escalated' });
    await put(100, { closed: 10, status: 'archived' });
    await putTicket(db(), { guild_id: THERE, user_id: MIA, created_at: ago(DAY_MS) });
    const [week, month, all] = await Promise.all(
      (['7d', '30d', 'all'] as const).map((scope) => readTicketFigures(db(), HERE, scope, NOW)),
    );
    expect(week?.counts).toMatchObject({ open: 1, claimed: 1, closed: 1, escalated: 0, archived: 0 });
    expect(month?.counts).toMatchObject({ open: 1, claimed: 1, closed: 1, escalated: 1, archived: 0 });
    expect(all?.counts).toMatchObject({ open: 1, claimed: 1, closed: 1, escalated: 1, archived: 1 });
    for (const one of [week, month, all]) expect(one?.backlog).toEqual({ open: 3, unclaimed: 2 });
  });

  test('say how long answers and closing take, in seconds', async () => {
    for (let minutes = 1; minutes <= 11; minutes += 1)
      await put(1, { answered: minutes, closed: minutes * 10 });
    const { firstResponse, resolution, averageCycleTime } = await readTicketFigures(db(), HERE, '7d', NOW);
    expect(firstResponse).toEqual({ median: 360, p90: 600 });
    expect(resolution).toEqual({ median: 3600, p90: 6000 });
    expect(averageCycleTime).toBe(3600);
  });

  test('say which share was opened again, each ticket once', async () => {
    await reopen(await put(1, { closed: 5 }), 3);
    await reopen(await put(1));
    await put(1, { closed: 5 });
    await put(1, { closed: 5, status: 'archived' });
    await put(1);
    expect((await readTicketFigures(db(), HERE, 'all', NOW)).reopenRate).toBe(0.5);
  });

  test('show ratings from three on', async () => {
    const tickets = [await put(1, { closed: 5 }), await put(1, { closed: 6 }), await put(1, { closed: 7 })];
    for (const ticket of tickets.slice(0, 2)) await rate(ticket, 5);
    expect((await readTicketFigures(db(), HERE, '7d', NOW)).rating).toBeNull();
    expect((await readStaffFigures(db(), HERE, '7d', NOW))[0]?.rating).toBeNull();
    await rate(tickets[2] ?? 0, 2);
    expect((await readTicketFigures(db(), HERE, '7d', NOW)).rating).toEqual({ average: 4, count: 3 });
    expect((await readStaffFigures(db(), HERE, '7d', NOW))[0]?.rating).toEqual({ average: 4, count: 3 });
  });

  test('are given for each category and each of the staff', async () => {
    const billing = await putCategory(db(), HERE, 'Billing');
    await put(1, { category_id: billing, answered: 4, closed: 60, claimed_by: ANN });
    await put(1, { category_id: billing, answered: 8, claimed_by: BEN, status: 'claimed' });
    // A member who closes their own ticket is no staff for that.
    await put(1, { closed: 3, closed_by: MIA });
    const { categories } = await readTicketFigures(db(), HERE, '7d', NOW);
    expect(categories).toEqual([
      {
        categoryId: billing,
        count: 2,
        open: 1,
        medianFirstResponse: 360,
        medianResolution: 3600,
        rating: null,
      },
      { categoryId: null, count: 1, open: 0, medianFirstResponse: null, medianResolution: 180, rating: null },
    ]);
    expect(await readStaffFigures(db(), HERE, '7d', NOW)).toEqual([
      { userId: ANN, claimed: 1, closed: 1, medianFirstResponse: 240, rating: null },
      { userId: BEN, claimed: 1, closed: 0, medianFirstResponse: 480, rating: null },
    ]);
  });
});

describe('the course of the last weeks', () => {
  test('follows the days of the server’s zone, also where the clock changes', async () => {
    const at = (instant: string) => ({ guild_id: HERE, user_id: MIA, created_at: new Date(instant) });
    // In Brussels summer time began on 28 March 2027.
    await putTicket(db(), {
      ...at('2027-03-27T22:59:59Z'),
      status: 'closed',
      closed_at: new Date('2027-03-28T21:59:59Z'),
    });
    await putTicket(db(), at('2027-03-27T23:00:00Z'));
    await putTicket(db(), at('2027-03-28T22:00:00Z'));
    await putTicket(db(), { ...at('2027-03-28T12:00:00Z'), guild_id: THERE });
    const course = await readCourse(db(), HERE, '7d', { now: NOW, zone: 'Europe/Brussels' });
    expect(course).toHaveLength(7);
    expect(course.map(({ opened, closed }) => [opened, closed])).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
      [1, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(course[2]?.begins).toEqual(new Date('2027-03-27T23:00:00Z'));
    expect(course[3]?.begins).toEqual(new Date('2027-03-28T22:00:00Z'));
  });

  test('of all tickets has weeks that begin on Mondays', async () => {
    await put(8);
    const course = await readCourse(db(), HERE, 'all', { now: NOW, zone: 'Europe/Brussels' });
    expect(course.map(({ opened }) => opened)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    expect(course.at(-1)?.begins).toEqual(new Date('2027-03-28T22:00:00Z'));
  });
});

test('a snapshot has all numbers and names nobody', async () => {
  await put(1, { answered: 1, closed: 60, claimed_by: ANN });
  await put(2, { closed: 61 });
  await writeMetrics(db(), HERE, '7d', null, NOW);
  const [row, ...others] = await db().selectFrom('ticket_metrics').selectAll().execute();
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    guild_id: HERE,
    scope: '7d',
    triggered_by: null,
    average_cycle_time: '3630',
    counts: { closed: 2, open: 0 },
    snapshot: { firstResponse: { median: 60 }, categories: [{ categoryId: null, count: 2 }] },
    created_at: NOW,
  });
  for (const id of [MIA, ANN]) expect(JSON.stringify(row?.snapshot)).not.toContain(id);
});
