import { beforeEach, expect, test } from 'vitest';
import {
  claimQuestions,
  endQuestion,
  findQuestion,
  keepQuestion,
  postponeQuestion,
  releaseQuestion,
  removeQuestion,
  tokenExpiry,
  type Pending,
} from '#lib/assistant/pending';
import { waitAfter } from '#lib/assistant/perform';
import type { Database } from '#lib/database/database';
import { useDatabase } from '../../setup/database.ts';

const NOW = new Date('2026-12-01T09:00:00Z');
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);
const place = { token: 'token', messageId: '@original', expiresAt: tokenExpiry(NOW) };
const END = { ending: 'answer', answer: 'Oil it.', resumesAt: null } as const;

const database = useDatabase();
const db = (): Database => database().db;
beforeEach(() => database().empty());

function keep(state: 'consent' | 'asking', userId = '7'): Promise<Pending> {
  const question = {
    profile: 'suggest-reply',
    guildId: '100',
    userId,
    locale: 'en-US',
    quotes: [{ from: 'member', text: '"squeaks" \\ 🙃' }],
    plain: 'What I know.',
    sources: ['bicycles.md'],
  } as const;
  return keepQuestion(db(), question, state, { now: NOW, channelId: '5', place });
}

const inTransaction: <T>(act: (trx: Parameters<typeof endQuestion>[0]) => Promise<T>) => Promise<T> = (act) =>
  db().transaction().execute(act);

test('a question is kept as it was asked', async () => {
  const kept = await keep('consent');
  expect(await findQuestion(db(), { id: kept.id, guildId: '100', userId: '7' })).toEqual(kept);
  expect(kept).toMatchObject({ quotes: [{ from: 'member', text: '"squeaks" \\ 🙃' }], place });
  for (const other of [
    { guildId: '200', userId: '7' },
    { guildId: '100', userId: '8' },
  ])
    expect(await findQuestion(db(), { id: kept.id, ...other })).toBeUndefined();
});

test('however many want what is due, each question is taken by one', async () => {
  for (let index = 0; index < 30; index += 1) await keep('asking', String(index));
  const claimed = await Promise.all(
    Array.from({ length: 10 }, () => claimQuestions(db(), { now: later(90), limit: 5 })),
  );
  const ids = claimed.flat().map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(20);
  expect(new Set(ids).size).toBe(ids.length);
});

test('one that is being asked, put off or not agreed to is not taken', async () => {
  const asking = await keep('asking');
  await keep('consent');
  expect(await claimQuestions(db(), { now: later(89), limit: 5 })).toEqual([]);
  await postponeQuestion(db(), asking, { until: later(200), reason: 'busy', isTry: true });
  expect(await claimQuestions(db(), { now: later(199), limit: 5, id: asking.id })).toEqual([]);
  expect(await claimQuestions(db(), { now: later(200), limit: 5, id: asking.id })).toMatchObject([
    { id: asking.id, attempts: 1, claims: 2 },
  ]);
});

test('whoever was overtaken changes nothing any more', async () => {
  const first = await keep('asking');
  const [second] = await claimQuestions(db(), { now: later(90), limit: 1 });
  if (second === undefined) throw new Error('nothing to take on');
  expect(await inTransaction((trx) => endQuestion(trx, first, END))).toBe(false);
  expect(await postponeQuestion(db(), first, { until: NOW, reason: '', isTry: true })).toBe(false);
  await removeQuestion(db(), first);
  expect(await inTransaction((trx) => endQuestion(trx, second, END))).toBe(true);
  expect(await inTransaction((trx) => endQuestion(trx, second, END))).toBe(false);
  await removeQuestion(db(), second);
  expect(await findQuestion(db(), { id: first.id, guildId: '100', userId: '7' })).toBeUndefined();
});

test('a yes lets a question go on once, however often it is pressed', async () => {
  const { id } = await keep('consent');
  const released = await Promise.all(
    Array.from({ length: 5 }, () => inTransaction((trx) => releaseQuestion(trx, id, { now: NOW, place }))),
  );
  expect(released.filter((one) => one !== undefined)).toHaveLength(1);
});

test('each wait is twice as long, or as long as the provider says, and not the same for all', () => {
  for (const [tries, least] of [
    [1, 20_000],
    [2, 40_000],
    [3, 80_000],
    [4, 160_000],
  ] as const) {
    const waits = Array.from({ length: 50 }, () => waitAfter(tries, null));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...waits)).toBeLessThanOrEqual(least * 1.5);
    expect(new Set(waits).size).toBeGreaterThan(10);
  }
  expect(waitAfter(1, 100_000)).toBeGreaterThanOrEqual(100_000);
  expect(waitAfter(4, 1_000)).toBeGreaterThanOrEqual(160_000);
  expect(waitAfter(1, 10 ** 12)).toBe(6 * 60 * 60_000);
});
