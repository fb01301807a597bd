import { expect, test } from 'vitest';
import { Pace } from '#lib/reminders/pace';

/** When a hundred requests get their turn, in ms from the first. */
async function turns(arePeopleWaiting: boolean): Promise<number[]> {
  const pace = new Pace(() => arePeopleWaiting);
  const at: number[] = [];
  for (let request = 0; request < 100; request += 1) await pace.take().then(() => at.push(performance.now()));
  const [start = 0] = at;
  return at.map((moment) => moment - start);
}

test.each([
  ['nobody waits for an answer', false, 48],
  ['people wait for answers', true, 40],
])('while %s', async (_name, arePeopleWaiting, perSecond) => {
  const at = await turns(arePeopleWaiting);
  const inFirstSecond = at.filter((moment) => moment < 1_000).length;
  // One at the start, and what a late timer makes up for.
  expect(inFirstSecond).toBeLessThanOrEqual(perSecond + 3);
  expect(inFirstSecond).toBeGreaterThanOrEqual(perSecond - 3);
  // No burst: within any fifth of a second no more than its share.
  for (const from of at) {
    const within = at.filter((moment) => moment >= from && moment < from + 200).length;
    expect(within).toBeLessThanOrEqual(perSecond / 5 + 3);
  }
});
