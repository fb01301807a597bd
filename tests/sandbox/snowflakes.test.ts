import { SnowflakeUtil } from 'discord.js';
import { expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import { compareSnowflakes, createSnowflakes } from '../../sandbox/state/snowflakes.ts';

test('ids carry the clock’s time and rise strictly', () => {
  const start = new Date('2027-03-01T12:00:00Z');
  const clock = new MovableClock(start);
  const snowflakes = createSnowflakes(clock);
  const ids = Array.from({ length: 100 }, () => snowflakes.next());
  expect(SnowflakeUtil.timestampFrom(ids[0] ?? '') - start.getTime()).toBeLessThan(1000);
  expect(ids.toSorted(compareSnowflakes)).toEqual(ids);
  expect(new Set(ids).size).toBe(100);
  clock.advance(86_400_000);
  expect(SnowflakeUtil.timestampFrom(snowflakes.next())).toBeGreaterThanOrEqual(start.getTime() + 86_400_000);
});
