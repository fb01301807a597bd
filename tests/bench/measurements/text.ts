import { escapeMarkdown, safeEmbedText, safePrompt, stripMentions, urlFilter } from '#lib/text/sanitize';
import { ATTACKS, ORDINARY } from '../../lib/text/tables.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf } from '../statistics.ts';

const RUNS = 5;
const ROUNDS = 200;
const BYTES_PER_KB = 1_000;

const FUNCTIONS = { stripMentions, escapeMarkdown, safeEmbedText, urlFilter, safePrompt };
const TEXTS = {
  'what people write': [...ORDINARY.tuned, ...ORDINARY.heldOut].map(({ text }) => text).join('\n'),
  attacks: [...ATTACKS.tuned, ...ATTACKS.heldOut].map(({ text }) => text).join('\n'),
};

/** How fast texts are made safe, and how many orders to a model are recognised. */
export const text: Measurement = {
  name: 'text',
  run({ isQuick }) {
    const rows: Row[] = [];
    for (const [what, written] of Object.entries(TEXTS)) {
      for (const [name, work] of Object.entries(FUNCTIONS)) {
        const runs = Array.from({ length: RUNS }, () =>
          microsecondsPerKb(work, written, isQuick ? 5 : ROUNDS),
        );
        rows.push(row(`${name}, ${what}`, 'µs/kB', runs));
      }
    }
    for (const [half, attacks, ordinary] of [
      ['tuned on', ATTACKS.tuned, ORDINARY.tuned],
      ['held out', ATTACKS.heldOut, ORDINARY.heldOut],
    ] as const) {
      const found = attacks.filter((attack) => safePrompt(attack.text).found.length > 0).length;
      rows.push(
        row(`orders to a model recognised, ${attacks.length} ${half}`, '%', [(100 * found) / attacks.length]),
      );
      const altered = ordinary.filter((sentence) => safePrompt(sentence.text).text !== sentence.text).length;
      rows.push(row(`ordinary sentences altered, of ${ordinary.length} ${half}`, '', [altered]));
    }
    return Promise.resolve(rows);
  },
};

const row = (what: string, unit: string, runs: readonly number[]): Row => ({
  what,
  unit,
  figure: figureOf(runs),
  bare: null,
});

function microsecondsPerKb(work: (text: string) => unknown, written: string, rounds: number): number {
  const begun = performance.now();
  for (let round = 0; round < rounds; round += 1) work(written);
  const tookUs = (performance.now() - begun) * 1_000;
  return tookUs / ((rounds * written.length) / BYTES_PER_KB);
}
