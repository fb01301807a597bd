import { beforeEach, describe, expect, test } from 'vitest';
import { budgetsOf, reserve, settle, spentOf, type Budget } from '#lib/assistant/budgets';
import { CENT } from '#lib/assistant/prices';
import type { Database } from '#lib/database/database';
import { useDatabase } from '../../setup/database.ts';

const [GUILD, OTHER, MIA, SAM] = ['100', '200', '7', '8'] as const;
const NOW = new Date('2026-12-01T22:30:00Z');

const database = useDatabase();
const db = (): Database => database().db;
beforeEach(() => database().empty());

function budgets(
  userId: string | null,
  cents: { host?: number; guild?: number; member?: number } = {},
  at: { guildId?: string; now?: Date } = {},
): Budget[] {
  const { guildId = GUILD, now = NOW } = at;
  return budgetsOf(
    { now, zone: 'Europe/Brussels', guildId, userId },
    { hostCents: cents.host ?? null, guildCents: cents.guild ?? 100, memberCents: cents.member ?? 10 },
  );
}

describe('a day', () => {
  test('is the guild’s own, and ends there', () => {
    const [host, guild, member] = budgets(MIA, { host: 1 });
    expect(host).toMatchObject({ of: 'host', day: '2026-12-01', until: new Date('2026-12-02T00:00:00Z') });
    for (const budget of [guild, member])
      expect(budget).toMatchObject({ day: '2026-12-01', until: new Date('2026-12-01T23:00:00Z') });
    const later = budgets(MIA, {}, { now: new Date('2026-12-01T23:00:00Z') });
    expect(later.map(({ day }) => day)).toEqual(['2026-12-02', '2026-12-02']);
  });

  test('of another date has a budget of its own', async () => {
    expect(await reserve(db(), budgets(MIA), 10 * CENT)).toBeNull();
    expect(await reserve(db(), budgets(MIA), 1)).toMatchObject({ of: 'member' });
    const tomorrow = { now: new Date('2026-12-01T23:00:00Z') };
    expect(await reserve(db(), budgets(MIA, {}, tomorrow), 10 * CENT)).toBeNull();
  });
});

describe('a budget', () => {
  test('is taken from member and guild alike, or from none', async () => {
    expect(await reserve(db(), budgets(MIA, { guild: 15 }), 10 * CENT)).toBeNull();
    // Sam has all of his own left, and the guild has not.
    expect(await reserve(db(), budgets(SAM, { guild: 15 }), 10 * CENT)).toMatchObject({ of: 'guild' });
    expect(await spentOf(db(), budgets(SAM))).toEqual([10 * CENT, 0]);
    // A member who has none left takes nothing of the guild's.
    expect(await reserve(db(), budgets(MIA, { guild: 100 }), CENT)).toMatchObject({ of: 'member' });
    expect(await spentOf(db(), budgets(MIA))).toEqual([10 * CENT, 10 * CENT]);
  });

  test('of one guild is nothing of another’s, but the host’s is of all', async () => {
    const elsewhere = { guildId: OTHER };
    expect(await reserve(db(), budgets(MIA, { host: 15 }), 10 * CENT)).toBeNull();
    expect(await reserve(db(), budgets(MIA, { host: 15 }, elsewhere), 10 * CENT)).toMatchObject({
      of: 'host',
    });
    expect(await reserve(db(), budgets(MIA, { host: 20 }, elsewhere), 10 * CENT)).toBeNull();
  });

  test('of zero is nothing at all, even for what costs nothing', async () => {
    expect(await reserve(db(), budgets(MIA, { member: 0 }), 0)).toMatchObject({ of: 'member' });
    expect(await reserve(db(), budgets(null, { guild: 0 }), 0)).toMatchObject({ of: 'guild' });
    expect(await reserve(db(), budgets(MIA), 0)).toBeNull();
  });

  test('that is smaller than one call is never taken from', async () => {
    expect(await reserve(db(), budgets(MIA, { member: 1 }), CENT + 1)).toMatchObject({ of: 'member' });
    expect(await spentOf(db(), budgets(MIA))).toEqual([0, 0]);
  });

  test('gets back what a call did not cost', async () => {
    const of = budgets(MIA, { host: 50 });
    await reserve(db(), of, 10 * CENT);
    await db()
      .transaction()
      .execute((trx) => settle(trx, of, { reserved: 10 * CENT, cost: 3 }));
    expect(await spentOf(db(), of)).toEqual([3, 3, 3]);
    expect(await reserve(db(), of, 10 * CENT - 3)).toBeNull();
    expect(await reserve(db(), of, 1)).toMatchObject({ of: 'member' });
  });

  test('keeps what was reserved where nobody settled it, as after a crash', async () => {
    await reserve(db(), budgets(MIA), 6 * CENT);
    expect(await reserve(db(), budgets(MIA), 6 * CENT)).toMatchObject({ of: 'member' });
  });
});

test('of a thousand requests at once none exceeds it, by a billionth of a dollar', async () => {
  const amount = 3_333_333;
  const members = Array.from({ length: 20 }, (_, index) => String(1_000 + index));
  const limits = { host: 90, guild: 80, member: 5 };
  const results = await Promise.all(
    Array.from({ length: 1_000 }, async (_, index) => {
      const userId = members[index % members.length] ?? MIA;
      const of = budgets(userId, limits, { guildId: index % 4 === 0 ? OTHER : GUILD });
      const over = await reserve(db(), of, amount);
      // Some were cheaper than they could have been, while others ask.
      const cost = index % 3 === 0 ? 1_234_567 : amount;
      if (over === null && cost !== amount)
        await db()
          .transaction()
          .execute((trx) => settle(trx, of, { reserved: amount, cost }));
      return { userId, guildId: of[1]?.guildId, isTaken: over === null, cost };
    }),
  );
  const taken = results.filter(({ isTaken }) => isTaken);
  const sum = (some: typeof taken): number => some.reduce((total, { cost }) => total + cost, 0);
  expect(taken.length).toBeGreaterThan(50);
  expect(taken.length).toBeLessThan(1_000);
  const [host] = budgets(MIA, limits);
  expect(await spentOf(db(), host === undefined ? [] : [host])).toEqual([sum(taken)]);
  expect(sum(taken)).toBeLessThanOrEqual(90 * CENT);
  for (const guildId of [GUILD, OTHER]) {
    const there = taken.filter((one) => one.guildId === guildId);
    expect(sum(there)).toBeLessThanOrEqual(80 * CENT);
    for (const userId of members) {
      const own = sum(there.filter((one) => one.userId === userId));
      expect(own).toBeLessThanOrEqual(5 * CENT);
      expect(await spentOf(db(), budgets(userId, {}, { guildId }).slice(1))).toEqual([own]);
    }
  }
}, 60_000);
