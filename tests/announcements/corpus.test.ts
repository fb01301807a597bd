import { expect, test } from 'vitest';
import { HELD_OUT, readCorpus, scoreOf, TUNED } from './corpus.ts';

test('of 1,260 posts nearly all are read as a careful person reads them', () => {
  const posts = readCorpus([...TUNED, ...HELD_OUT]);
  expect(posts).toHaveLength(1260);
  const { precision, recall, misses } = scoreOf(posts);
  expect({ isPrecise: precision >= 0.98, isComplete: recall >= 0.97, misses }).toMatchObject({
    isPrecise: true,
    isComplete: true,
  });
});

test('what is created without a question is right more often still', () => {
  const posts = readCorpus([...TUNED, ...HELD_OUT]);
  expect(scoreOf(posts, true).precision).toBeGreaterThanOrEqual(scoreOf(posts).precision);
});
