import { setImmediate as soon } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Turns } from '#lib/http/turns';

/** Work that ends when it is told to. */
function works(turns: Turns, count: number) {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = Array.from({ length: count }, (_, index) =>
    turns.inTurn(async () => {
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
  const turns = new Turns(() => false);
  const { begun, end, all } = works(turns, 6);
  await soon();
  expect(begun).toEqual([0, 1, 2, 3]);
  expect(turns.waiting).toBe(2);
  await end(2);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  for (const index of [0, 1, 3, 4, 5]) await end(index);
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('beside people it is one at a time, and four again when nobody waits any more', async () => {
  let peopleWait = true;
  const turns = new Turns(() => peopleWait);
  const { begun, end } = works(turns, 7);
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
  const turns = new Turns(() => true);
  const { begun, end } = works(turns, 4);
  await vi.advanceTimersByTimeAsync(150);
  expect(begun).toEqual([0, 1]);
  await end(0);
  await soon();
  expect(begun).toEqual([0, 1]);
  await end(1);
  expect(begun).toEqual([0, 1, 2]);
});

test('who fails gives its turn back', async () => {
  const turns = new Turns(() => true);
  const failing = turns.inTurn(() => Promise.reject(new Error('no')));
  const next = turns.inTurn(() => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('done');
});
