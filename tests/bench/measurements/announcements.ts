import { HELD_OUT, read, readCorpus, scoreOf, TUNED, type CorpusPost } from '../../announcements/corpus.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf, percentile } from '../statistics.ts';

const RUNS = 5;

/** How well posts are read, and how fast. */
export const announcements: Measurement = {
  name: 'announcements',
  run() {
    const [tuned, heldOut] = [readCorpus(TUNED), readCorpus(HELD_OUT)];
    const rows: Row[] = [];
    for (const [name, posts] of [
      ['all posts', [...tuned, ...heldOut]],
      ['posts it was never tuned on', heldOut],
    ] as const) {
      const score = scoreOf(posts);
      rows.push(
        row(`announcements, ${posts.length} ${name}: precision`, '%', [100 * score.precision]),
        row(`announcements, ${posts.length} ${name}: recall`, '%', [100 * score.recall]),
        row(`announcements, ${name}: precision of what is created without a question`, '%', [
          100 * scoreOf(posts, true).precision,
        ]),
      );
      for (const miss of score.misses) console.log(`  ${miss}`);
    }
    const all = [...tuned, ...heldOut];
    const runs = Array.from({ length: RUNS }, () => timesOf(all));
    rows.push(
      row(
        'announcements, reading a post, p50',
        'ms',
        runs.map((times) => percentile(times, 0.5)),
      ),
      row(
        'announcements, reading a post, p99',
        'ms',
        runs.map((times) => percentile(times, 0.99)),
      ),
    );
    return Promise.resolve(rows);
  },
};

const row = (what: string, unit: string, runs: readonly number[]): Row => ({
  what,
  unit,
  figure: figureOf(runs),
  bare: null,
});

function timesOf(posts: readonly CorpusPost[]): number[] {
  return posts.map((post) => {
    const begun = performance.now();
    read(post);
    return performance.now() - begun;
  });
}
