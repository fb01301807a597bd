import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Caches } from '#lib/limits/caches';

test('says how full each is now, and what it does by itself is in the log', async () => {
  const lines: unknown[] = [];
  const caches = new Caches({
    debug: (details: unknown, message?: unknown) => lines.push([message, details]),
  });
  const cache = caches.create<number>('answers', { max: 2, maxAgeMs: 20 });
  caches.register('queue', { size: () => 7, max: 9 });
  expect(caches.sizes()).toEqual({ answers: { size: 0, max: 2 }, queue: { size: 7, max: 9 } });
  for (const key of ['a', 'b', 'c']) cache.set(key, 1);
  expect(cache.size).toBe(2);
  await sleep(40);
  expect(caches.sizes()).toMatchObject({ answers: { size: 0, max: 2 } });
  expect(lines).toEqual([
    ['a full cache made room', { cache: 'answers', size: 2 }],
    ['a cache was cleaned up', { cache: 'answers', removed: 2, size: 0 }],
  ]);
});
