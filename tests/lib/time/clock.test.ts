import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MovableClock, systemClock } from '#lib/time/clock';

const noon = new Date('2026-03-11T12:00:00Z');

beforeEach(() => vi.useFakeTimers({ now: noon }));
afterEach(() => vi.useRealTimers());

describe('MovableClock', () => {
  it('shows the machine time until it is moved', () => {
    expect(new MovableClock().now()).toEqual(systemClock.now());
  });

  it('stands at its start and runs on from there', () => {
    const clock = new MovableClock(new Date('2020-01-01T00:00:00Z'));
    vi.advanceTimersByTime(1500);
    expect(clock.now().toISOString()).toBe('2020-01-01T00:00:01.500Z');
  });

  it('moves to an instant and by an amount, and runs on', () => {
    const clock = new MovableClock();
    clock.moveTo(new Date('2026-12-01T00:00:00Z'));
    clock.advance(60_000);
    vi.advanceTimersByTime(1000);
    expect(clock.now().toISOString()).toBe('2026-12-01T00:01:01.000Z');
  });

  it('refuses to move backwards and keeps its time', () => {
    const clock = new MovableClock();
    expect(() => clock.moveTo(new Date(noon.getTime() - 1))).toThrow(RangeError);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
    expect(() => clock.moveTo(new Date(Number.NaN))).toThrow(RangeError);
    expect(clock.now()).toEqual(noon);
  });
});
