import { beforeEach, expect, test } from 'vitest';
import type { Database } from '#lib/database/database';
import { removeOldTickets } from '#lib/tickets/retention';
import { useDatabase } from '../../setup/database.ts';
import { putTicket } from './fixtures-overview.ts';

const database = useDatabase();
const db = (): Database => database().db;
beforeEach(() => database().empty());

const NOW = new Date('2027-04-01T12:00:00Z');
const DAY_MS = 24 * 60 * 60_000;
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);
const of = { guild_id: '1001', user_id: '2001' };

test('a ticket goes a year after it was closed, with all that hangs on it, its channel standing or not', async () => {
  const old = { ...of, created_at: daysAgo(500), status: 'closed', closed_at: daysAgo(366) };
  const gone = [await putTicket(db(), old), await putTicket(db(), { ...old, channel_id: '5' })];
  const kept = [
    await putTicket(db(), { ...old, closed_at: daysAgo(364) }),
    await putTicket(db(), { ...of, created_at: daysAgo(500) }),
  ];
  for (const id of [...gone, ...kept]) {
    const ofTicket = { guild_id: of.guild_id, ticket_id: id };
    await db()
      .insertInto('ticket_events')
      .values({ ...ofTicket, kind: 'opened', at: NOW })
      .execute();
    await db()
      .insertInto('ticket_ratings')
      .values({ ...ofTicket, user_id: '2001', rating: 5, rated_at: NOW })
      .execute();
  }
  await removeOldTickets(db(), NOW);
  for (const table of ['ticket_events', 'ticket_ratings'] as const) {
    const rows = await db().selectFrom(table).select('ticket_id').orderBy('ticket_id').execute();
    expect(rows.map((row) => row.ticket_id)).toEqual(kept);
  }
  const left = await db().selectFrom('support_tickets').select('id').orderBy('id').execute();
  expect(left.map(({ id }) => id)).toEqual(kept);
});

test('counts go after 90 days, bans from tickets 30 days after they end', async () => {
  for (const days of [89, 91])
    await db()
      .insertInto('ticket_metrics')
      .values({
        guild_id: of.guild_id,
        snapshot: '{}',
        scope: 'all',
        counts: '{}',
        created_at: daysAgo(days),
      })
      .execute();
  const bans = [
    ['1', daysAgo(31)],
    ['2', daysAgo(29)],
    ['3', null],
  ] as const;
  for (const [userId, expires] of bans)
    await db()
      .insertInto('ticket_blacklist')
      .values({
        guild_id: of.guild_id,
        user_id: userId,
        added_by: '9',
        added_at: daysAgo(400),
        expires_at: expires,
      })
      .execute();
  await removeOldTickets(db(), NOW);
  const metrics = await db().selectFrom('ticket_metrics').select('created_at').execute();
  expect(metrics).toEqual([{ created_at: daysAgo(89) }]);
  const banned = await db().selectFrom('ticket_blacklist').select('user_id').orderBy('user_id').execute();
  expect(banned.map((row) => row.user_id)).toEqual(['2', '3']);
});
