import { describe, expect, test } from 'vitest';
import { Limiter } from '#lib/limits/limiter';
import { freshCaches } from '../../setup/caches.ts';

const LIMIT = { max: 5, perMs: 60_000 };

/** A limiter and a clock that stands still until it is moved. */
function limited() {
  let nowMs = Date.parse('2026-12-01T09:00:00Z');
  const limiter = new Limiter({ now: () => new Date(nowMs) }, freshCaches());
  return {
    take: (user = 'mia', guild = 'g', what = 'add_reminder') => limiter.take(what, guild, user, LIMIT),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('the window', () => {
  test('gives so many turns, then says how long until the next', () => {
    const { take, pass } = limited();
    expect([take(), take(), take(), take(), take(), take()]).toEqual([0, 0, 0, 0, 0, 60_000]);
    pass(59_999);
    expect(take()).toBe(1);
    pass(1);
    expect(take()).toBe(0);
  });

  test('slides: each turn comes back by itself, and a refusal costs nothing', () => {
    const { take, pass } = limited();
    for (let turn = 0; turn < 5; turn += 1) {
      expect(take()).toBe(0);
      pass(10_000);
    }
    expect([take(), take()]).toEqual([10_000, 10_000]);
    pass(10_000);
    expect([take(), take()]).toEqual([0, 10_000]);
  });
});

test.each([
  ['another member', { user: 'sam', guild: 'g', what: 'add_reminder' }],
  ['the same member in another guild', { user: 'mia', guild: 'h', what: 'add_reminder' }],
  ['another command', { user: 'mia', guild: 'g', what: 'ask' }],
])('%s has turns of their own', (_name, { user, guild, what }) => {
  const { take } = limited();
  for (let turn = 0; turn < 6; turn += 1) take();
  expect([take(), take(user, guild, what)]).toEqual([60_000, 0]);
});

test('who has been idle longest is forgotten first when there are too many', () => {
  const { take } = limited();
  for (const user of ['mia', 'sam']) for (let turn = 0; turn < 5; turn += 1) take(user);
  for (let other = 0; other < 998; other += 1) take(`other ${other}`);
  expect([take('mia') > 0, take('sam') > 0]).toEqual([true, true]);
  take('mia');
  for (let other = 998; other < 1_996; other += 1) take(`other ${other}`);
  take('sam', 'g', 'ask');
  take('new');
  expect([take('mia'), take('sam')]).toEqual([60_000, 0]);
});
