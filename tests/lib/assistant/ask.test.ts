import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, type Asked, type AskRequest } from '#lib/assistant/ask';
import { Assistant } from '#lib/assistant/client';
import { costOf, priceOf, type Prices } from '#lib/assistant/prices';
import { createLog } from '#lib/logging/logger';
import { Settings } from '#lib/settings/settings';
import { MovableClock } from '#lib/time/clock';
import { useDatabase } from '../../setup/database.ts';
import { startProvider, type Behaviour } from '../../setup/provider.ts';
import { freshCaches } from '../../setup/caches.ts';

const provider = await startProvider();
afterAll(() => provider.close());
const log = createLog('silent');
const database = useDatabase();
const [GUILD, MIA] = ['100', '7'] as const;
const REQUEST: AskRequest = {
  guildId: GUILD,
  userId: MIA,
  profile: 'suggest-reply',
  locale: 'en-US',
  quotes: [{ from: 'member', text: 'My bicycle squeaks' }],
};

beforeEach(() => database().empty());

interface Host {
  readonly prices?: Prices;
  readonly dailyBudgetCents?: number;
  readonly timeoutMs?: number;
}

function depsOf(host: Host = {}) {
  const { db } = database();
  const clock = new MovableClock(new Date('2026-12-01T09:00:00Z'));
  const options = { apiKey: 'sk-test-key', baseUrl: provider.url, model: 'gpt-4o-mini', ...host };
  return {
    db,
    clock,
    settings: new Settings({ db, clock, caches: freshCaches() }),
    provider: new Assistant(options, log),
  };
}

async function asks(behaviour: Behaviour, host: Host = {}): Promise<Asked> {
  provider.behave(behaviour);
  return ask(depsOf(host), REQUEST);
}

async function spent(): Promise<Record<string, number>> {
  const rows = await database().db.selectFrom('ai_budgets').selectAll().execute();
  return Object.fromEntries(
    rows.map((row) => [
      row.guild_id === null ? 'host' : row.user_id === null ? 'guild' : 'member',
      Number(row.spent),
    ]),
  );
}

const most = (): number => {
  const { maxInputTokens, maxOutputTokens } = depsOf().provider.prompt(
    { name: '', instructions: () => '', answerMax: 0 },
    'en-US',
    REQUEST.quotes,
  );
  return maxInputTokens + maxOutputTokens;
};

describe('what is spent', () => {
  test('is what the provider says that it took, of every budget', async () => {
    await asks({ says: 'Oil it.', tokens: [120, 30] }, { dailyBudgetCents: 100 });
    const cost = costOf(priceOf('gpt-4o-mini'), { input: 120, output: 30 });
    expect(cost).toBe(36_000);
    expect(await spent()).toEqual({ host: cost, guild: cost, member: cost });
    const [call] = await database().db.selectFrom('ai_calls').selectAll().execute();
    expect(call).toMatchObject({
      guild_id: GUILD,
      profile: 'suggest-reply',
      model: 'gpt-4o-mini',
      outcome: 'answer',
      tokens_in: 120,
      tokens_out: 30,
      cost: String(cost),
    });
    expect(JSON.stringify(call)).not.toMatch(/bicycle|Oil|"7"/);
  });

  test.each<[string, Behaviour]>([
    ['a wrong key', { status: 401 }],
    ['no time', { status: 429 }],
    ['an error of the provider’s', { status: 500 }],
  ])('is nothing with %s', async (_, behaviour) => {
    await asks(behaviour);
    expect(await spent()).toEqual({ guild: 0, member: 0 });
  });

  test.each<[string, Behaviour]>([
    ['an answer that does not say what it took', { says: 'Oil it.', tokens: null }],
    ['a provider that hung up', 'hangs up'],
    ['one that was too slow', 'silent'],
  ])('is the most that it can be with %s', async (_, behaviour) => {
    await asks(behaviour, { timeoutMs: 300 });
    const { guild = 0, member } = await spent();
    expect(guild).toBe(member);
    expect(guild).toBeGreaterThan(most() * 150);
    const [call] = await database().db.selectFrom('ai_calls').select('cost').execute();
    expect(call?.cost).toBe(String(guild));
  });

  test('of a summary is nobody’s own', async () => {
    provider.behave({ says: 'Oil it.', tokens: [10, 5] });
    await ask(depsOf(), { ...REQUEST, userId: null });
    expect(Object.keys(await spent())).toEqual(['guild']);
  });

  test('is nothing where the host says that it is free', async () => {
    await asks({ says: 'Oil it.' }, { prices: { 'gpt-4o-mini': { input: 0, output: 0 } } });
    expect(await spent()).toEqual({ guild: 0, member: 0 });
  });
});

test('over budget nothing is sent, and what is left stays', async () => {
  const before = provider.asked.length;
  expect(await asks({ says: 'Oil it.' }, { dailyBudgetCents: 0 })).toMatchObject({
    outcome: 'over_budget',
    of: 'host',
    until: new Date('2026-12-02T00:00:00Z'),
  });
  expect(provider.asked.length).toBe(before);
  expect(await spent()).toEqual({});
});

test('an answer that cannot be kept is not settled either', async () => {
  provider.behave({ says: 'Oil it.', tokens: [1, 1] });
  const failing = ask(depsOf(), REQUEST, () => Promise.reject(new Error('the disk is full')));
  await expect(failing).rejects.toThrow('the disk is full');
  expect((await spent())['guild']).toBeGreaterThan(most() * 150);
  expect(await database().db.selectFrom('ai_calls').selectAll().execute()).toEqual([]);
});

test('a thousand who ask at once are answered as far as the money goes, and no further', async () => {
  provider.behave({ says: 'Oil it.', tokens: [200, 60] });
  const deps = depsOf({ dailyBudgetCents: 2 });
  const all = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) => ask(deps, { ...REQUEST, userId: String(index + 1) })),
  );
  const answered = all.filter(({ outcome }) => outcome === 'answer').length;
  expect(all.filter(({ outcome }) => outcome === 'over_budget').length).toBe(1_000 - answered);
  expect(answered).toBeGreaterThan(10);
  const cost = costOf(priceOf('gpt-4o-mini'), { input: 200, output: 60 });
  expect((await spent())['host']).toBe(answered * cost);
  expect(answered * cost).toBeLessThanOrEqual(20_000_000);
}, 60_000);
