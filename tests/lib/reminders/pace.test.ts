import { expect, test } from 'vitest';
import { Pace } from '#lib/reminders/pace';

/** How many of a hundred requests get their turn within a second. */
async function turnsWithinASecond(arePeopleWaiting: boolean): Promise<number> {
  const pace = new Pace(() => arePeopleWaiting);
  const start = performance.now();
  let turns = 0;
  for (let request = 0; request < 100; request += 1)
    void pace.take().then(() => {
      if (performance.now() - start < 950) turns += 1;
    });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return turns;
}

test.each([
  ['nobody waits for an answer', false, 50],
  ['people wait for answers', true, 40],
])('while %s', async (_name, arePeopleWaiting, allowed) => {
  expect(await turnsWithinASecond(arePeopleWaiting)).toBe(allowed);
});
