import { expect, test } from 'vitest';
import { guildUsage } from '#lib/analytics/guild-usage';
import { Remembered } from '#lib/analytics/remembered';
import { usageOf } from '#lib/analytics/usage';
import type { Clock } from '#lib/time/clock';
import { useDatabase } from '../../setup/database.ts';
import { freshCaches } from '../../setup/caches.ts';

const database = useDatabase();
const NOW = new Date('2026-12-01T09:00:00Z');
const ZONE = 'Europe/Brussels';
let guilds = 0;

interface Noted {
  readonly name?: string;
  readonly type?: string;
  readonly user?: string;
  readonly at?: string;
  readonly ms?: number;
  readonly failure?: string;
}

/** A guild of its own with these uses. */
async function guildThatUsed(uses: readonly Noted[]): Promise<string> {
  guilds += 1;
  const guildId = String(800_000_000_000 + guilds);
  const rows = uses.map(({ name = 'faq', type = 'slash', user = '1', at, ms = 100, failure }) => ({
    guild_id: guildId,
    user_id: user,
    command_name: name,
    command_type: type,
    success: failure === undefined,
    failure: failure ?? null,
    duration_ms: ms,
    correlation_id: crypto.randomUUID(),
    created_at: at === undefined ? NOW : new Date(at),
  }));
  if (rows.length > 0) await database().db.insertInto('audit_logs').values(rows).execute();
  return guildId;
}

const deps = () => {
  const clock: Clock = { now: () => NOW };
  const usage: Parameters<typeof usageOf>[0]['usage'] = new Remembered(clock, freshCaches(), 'command_stats');
  const guildUsages: Parameters<typeof guildUsage>[0]['guildUsages'] = new Remembered(
    clock,
    freshCaches(),
    'guild_usage',
  );
  return { db: database().db, clock, usage, guildUsages };
};

test('the most used first, with failures and how long they took', async () => {
  const guildId = await guildThatUsed([
    ...[100, 200, 300, 400, 1_000].map((ms) => ({ name: 'gdpr', ms })),
    { name: 'faq', failure: 'denied' },
    { name: 'faq', failure: 'unknown' },
    { name: 'faq' },
    { name: 'privacy stored', type: 'button' },
    { name: 'old', at: '2026-11-24T08:59:59Z' },
    { name: 'tomorrow', at: '2026-12-02T09:00:00Z' },
  ]);
  await guildThatUsed([{ name: 'elsewhere' }]);
  const question = { guildId, days: 7, limit: 2 };
  expect(await usageOf(deps(), { ...question, things: 'all' })).toEqual({
    until: NOW,
    uses: 9,
    failures: 2,
    different: 3,
    commands: [
      { name: 'gdpr', type: 'slash', uses: 5, failures: 0, medianMs: 300, p95Ms: 880 },
      { name: 'faq', type: 'slash', uses: 3, failures: 2, medianMs: 100, p95Ms: 100 },
    ],
  });
  const commands = await usageOf(deps(), { ...question, things: 'commands' });
  expect(commands).toMatchObject({ uses: 8, different: 2 });
});

test('days are those of the guild’s calendar, and add up to the whole', async () => {
  const guildId = await guildThatUsed([
    { at: '2026-11-24T22:59:59Z', user: '9' },
    // Midnight of Brussels.
    { at: '2026-11-24T23:00:00Z', user: '1' },
    { at: '2026-11-25T22:59:59Z', user: '2', failure: 'user' },
    { at: '2026-11-25T23:00:00Z', user: '1' },
    { at: '2026-12-01T08:00:00Z', user: '1' },
    { at: '2026-12-01T10:00:00Z', user: '8' },
  ]);
  const { uses, failures, people, course } = await guildUsage(deps(), {
    guildId,
    days: 7,
    zone: ZONE,
    limit: 5,
  });
  expect({ uses, failures, people }).toEqual({ uses: 4, failures: 1, people: 2 });
  expect(course.map((day) => [day.begins.toISOString(), day.uses, day.failures])).toEqual([
    ['2026-11-24T23:00:00.000Z', 2, 1],
    ['2026-11-25T23:00:00.000Z', 1, 0],
    ['2026-11-26T23:00:00.000Z', 0, 0],
    ['2026-11-27T23:00:00.000Z', 0, 0],
    ['2026-11-28T23:00:00.000Z', 0, 0],
    ['2026-11-29T23:00:00.000Z', 0, 0],
    ['2026-11-30T23:00:00.000Z', 1, 0],
  ]);
});

test('a guild where nothing was used has days all the same', async () => {
  const guildId = await guildThatUsed([]);
  const { uses, people, commands, course } = await guildUsage(deps(), {
    guildId,
    days: 90,
    zone: ZONE,
    limit: 5,
  });
  expect({ uses, people, commands, days: course.length }).toEqual({
    uses: 0,
    people: 0,
    commands: [],
    days: 90,
  });
});
