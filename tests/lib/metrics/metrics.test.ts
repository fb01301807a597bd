import { expect, test, vi } from 'vitest';
import { Metrics } from '#lib/metrics/metrics';
import { sampled } from '#lib/metrics/sampled';

test('what cannot be read is absent, and comes back', async () => {
  const metrics = new Metrics('1.0.0');
  let reading = (): Promise<{ value: number }[]> => Promise.resolve([{ value: 5 }]);
  metrics.gauge('depth', 'How deep.', [], () => reading());
  expect(await metrics.text()).toMatch(/^alphapy_depth 5$/m);
  reading = () => Promise.reject(new Error('away'));
  expect(await metrics.text()).not.toMatch(/^alphapy_depth /m);
  reading = () => Promise.resolve([{ value: 6 }]);
  expect(await metrics.text()).toMatch(/^alphapy_depth 6$/m);
});

test('two bots of a process count apart', async () => {
  const [one, other] = [new Metrics('1.0.0'), new Metrics('1.0.0')];
  one.taskRuns.inc({ task: 'a', result: 'done' });
  expect(await other.text()).not.toContain('task="a"');
});

test('a reading that hangs is null in time, and is not begun twice', async () => {
  let finish: (value: number) => void = () => {};
  const read = vi.fn(
    () =>
      new Promise<number>((resolve) => {
        finish = resolve;
      }),
  );
  const sample = sampled(read, { freshMs: 0, timeoutMs: 30 });
  expect(await Promise.all([sample(), sample()])).toEqual([null, null]);
  const third = sample();
  finish(7);
  expect(await third).toBe(7);
  expect(read).toHaveBeenCalledTimes(1);
});

test('a reading is used again while it is fresh', async () => {
  const read = vi.fn(() => Promise.resolve(1));
  const sample = sampled(read);
  expect([await sample(), await sample()]).toEqual([1, 1]);
  expect(read).toHaveBeenCalledTimes(1);
});
