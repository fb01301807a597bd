import { setImmediate as soon } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { requestTurns, type RequestTurns } from '#lib/http/turns';

/** Work that ends when it is told to. */
function works(inTurn: RequestTurns, count: number) {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = Array.from({ length: count }, (_, index) =>
    inTurn(async () => {
      begun.push(index);
      await new Promise<void>((resolve) => (ends[index] = resolve));
      return index;
    }),
  );
  const end = async (index: number) => {
    ends[index]?.();
    await soon();
  };
  return { begun, end, all };
}

test('four are worked on at once, the others in the order in which they came', async () => {
  const inTurn = requestTurns(() => false);
  const { begun, end, all } = works(inTurn, 6);
  await soon();
  expect(begun).toEqual([0, 1, 2, 3]);
  await end(2);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  for (const index of [0, 1, 3, 4, 5]) await end(index);
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('beside people it is one at a time, and four again when nobody waits any more', async () => {
  let peopleWait = true;
  const inTurn = requestTurns(() => peopleWait);
  const { begun, end } = works(inTurn, 7);
  await soon();
  expect(begun).toEqual([0]);
  await end(0);
  expect(begun).toEqual([0, 1]);
  peopleWait = false;
  await end(1);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
});

test('who takes long is in nobody’s way, and gives its turn back once only', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const inTurn = requestTurns(() => true);
  const { begun, end } = works(inTurn, 4);
  await vi.advanceTimersByTimeAsync(150);
  expect(begun).toEqual([0, 1]);
  await end(0);
  await soon();
  expect(begun).toEqual([0, 1]);
  await end(1);
  expect(begun).toEqual([0, 1, 2]);
});

test('who fails gives its turn back', async () => {
  const inTurn = requestTurns(() => true);
  const failing = inTurn(() => Promise.reject(new Error('no')));
  const next = inTurn(() => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('done');
});
