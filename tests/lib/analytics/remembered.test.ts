import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Remembered } from '#lib/analytics/remembered';
import type { Caches } from '#lib/limits/caches';
import { MovableClock } from '#lib/time/clock';
import { freshCaches } from '../../setup/caches.ts';

let clock: MovableClock;
let caches: Caches;
let remembered: Remembered<number>;
let worked: number;
const work = (): Promise<number> => Promise.resolve((worked += 1));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] }); // the clock stands still until it is moved
  clock = new MovableClock(new Date('2026-12-01T09:00:00Z'));
  caches = freshCaches();
  remembered = new Remembered(clock, caches, 'answers');
  worked = 0;
});
afterEach(() => vi.useRealTimers());

test('many who ask at once wait for one answer', async () => {
  let answer: (value: number) => void = () => {};
  const slow = () => {
    worked += 1;
    return new Promise<number>((resolve) => (answer = resolve));
  };
  const asked = Array.from({ length: 5 }, () => remembered.get('here', slow));
  answer(42);
  expect(await Promise.all(asked)).toEqual([42, 42, 42, 42, 42]);
  expect(worked).toBe(1);
});

test('an answer counts for half a minute, and each key has its own', async () => {
  expect(await remembered.get('here', work)).toBe(1);
  expect(await remembered.get('there', work)).toBe(2);
  clock.advance(29_999);
  expect(await remembered.get('here', work)).toBe(1);
  clock.advance(1);
  expect(await remembered.get('here', work)).toBe(3);
  expect(await remembered.get('here', work)).toBe(3);
});

test('a failure reaches those who waited for it, and the next who asks has it worked out anew', async () => {
  const fails = () => Promise.reject(new Error('away'));
  const asked = [remembered.get('here', fails), remembered.get('here', work)];
  expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(caches.sizes()).toMatchObject({ answers: { size: 0 } });
  expect(await remembered.get('here', work)).toBe(1);
});

test('a late failure leaves a newer answer where it is', async () => {
  let fail: (error: Error) => void = () => {};
  const old = remembered.get('here', () => new Promise<number>((_, reject) => (fail = reject)));
  clock.advance(30_000);
  expect(await remembered.get('here', work)).toBe(1);
  fail(new Error('away'));
  await expect(old).rejects.toThrow('away');
  expect(await remembered.get('here', work)).toBe(1);
});

test('fifty are remembered, and who was asked for longest ago goes', async () => {
  for (let key = 0; key <= 50; key += 1) await remembered.get(String(key), work);
  expect(caches.sizes()).toEqual({ answers: { size: 50, max: 50 } });
  expect(await remembered.get('1', work)).toBe(2);
  expect(await remembered.get('0', work)).toBe(52);
});
