import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Cooldowns } from '#lib/operations/cooldowns';
import { MovableClock } from '#lib/time/clock';
import { freshCaches } from '../../setup/caches.ts';

const START = new Date('2026-12-01T09:00:00Z');
const MINUTE_MS = 60_000;

// The clock stands still until it is moved.
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

test('a wait ends to the millisecond, each key has its own, and what failed takes its wait back', () => {
  const clock = new MovableClock(START);
  const cooldowns = new Cooldowns(clock, freshCaches());
  cooldowns.begin('one', MINUTE_MS);
  clock.advance(MINUTE_MS - 1);
  expect(cooldowns.until('one')).toEqual(new Date(START.getTime() + MINUTE_MS));
  expect(cooldowns.until('other')).toBeNull();
  const takeBack = cooldowns.begin('other', MINUTE_MS);
  expect(cooldowns.until('other')).not.toBeNull();
  takeBack();
  expect(cooldowns.until('other')).toBeNull();
  clock.advance(1);
  expect(cooldowns.until('one')).toBeNull();
});

test('a forced one that fails leaves the wait of the one before', () => {
  const clock = new MovableClock(START);
  const cooldowns = new Cooldowns(clock, freshCaches());
  cooldowns.begin('one', MINUTE_MS);
  const until = cooldowns.until('one');
  clock.advance(1_000);
  cooldowns.begin('one', MINUTE_MS)();
  expect(cooldowns.until('one')).toEqual(until);
});

test('however many guilds there are, only so many are remembered', () => {
  const caches = freshCaches();
  const cooldowns = new Cooldowns(new MovableClock(START), caches);
  for (let guild = 0; guild <= 500; guild += 1) cooldowns.begin(`guild ${guild}`, MINUTE_MS);
  expect(caches.sizes()).toEqual({ sync_cooldowns: { size: 500, max: 500 } });
  expect([0, 1, 500].map((guild) => cooldowns.until(`guild ${guild}`) !== null)).toEqual([false, true, true]);
});
