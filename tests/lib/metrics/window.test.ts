import { expect, test } from 'vitest';
import { Recent } from '#lib/metrics/recent';
import { Window } from '#lib/metrics/window';

test('a window is new after each look', () => {
  const window = new Window();
  window.note(10);
  window.note(null);
  window.noteFailure();
  expect(window.take()).toEqual({ count: 2, failed: 1, times: { p50: 10, p95: 10, p99: 10 } });
  expect(window.take()).toEqual({ count: 0, failed: 0, times: null });
});

test('a hundred thousand times keep their percentiles in a thousand', () => {
  const window = new Window();
  for (let ms = 1; ms <= 100_000; ms += 1) window.note(ms);
  const { count, times } = window.take();
  expect(count).toBe(100_000);
  // A thousand of them: seven standard deviations of chance.
  expect(Math.abs((times?.p50 ?? 0) - 50_000)).toBeLessThan(11_000);
  expect(Math.abs((times?.p95 ?? 0) - 95_000)).toBeLessThan(5_000);
});

test('what is longer ago is no longer counted', () => {
  const recent = new Recent(1_000);
  recent.note(0);
  recent.note(600);
  expect([recent.count(999), recent.count(1_000), recent.count(1_600)]).toEqual([2, 1, 0]);
});
