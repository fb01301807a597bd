import { expect, test } from 'vitest';
import { Caches } from '#lib/limits/caches';
import { Limiter } from '#lib/limits/limiter';

test('says how full each cache is, as it is now', () => {
  const caches = new Caches();
  const limiter = new Limiter({ now: () => new Date('2026-12-01T09:00:00Z') }, 2);
  caches.register('member_limits', { size: () => limiter.size, max: limiter.maxKeys });
  expect(caches.sizes()).toEqual({ member_limits: { size: 0, max: 2 } });
  for (const who of ['1', '2', '3']) limiter.take('add', '9', who, { max: 1, perMs: 1_000 });
  expect(caches.sizes()).toEqual({ member_limits: { size: 2, max: 2 } });
});
