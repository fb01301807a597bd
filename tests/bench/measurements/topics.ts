import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { DB } from '../../../db/types.ts';
import { heldOut, tuned } from '../../lib/tickets/topics/labelled.ts';
import { scoreOfOriginal, scoreOfOurs } from '../../lib/tickets/topics/pairs.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf } from '../statistics.ts';

/** How well tickets about the same are told from others, beside the key by which the original did. */
export const topics: Measurement = {
  name: 'topics',
  async run({ server }) {
    const pool = new Pool({ connectionString: await server.createDatabase(true), max: 1 });
    const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
    const rows: Row[] = [];
    for (const [what, tickets] of [
      ['by which it was tuned', tuned],
      ['held out, of other topics', heldOut],
      ['both together', [...tuned, ...heldOut]],
    ] as const) {
      const { f1, precision, recall } = await scoreOfOurs(db, tickets);
      const percent = (share: number): string => `${Math.round(share * 100)} %`;
      rows.push({
        what: `tickets about the same, F1 over the pairs of ${tickets.length} tickets ${what} (precision ${percent(precision)}, recall ${percent(recall)})`,
        unit: '%',
        figure: figureOf([f1 * 100]),
        bare: { what: 'the original’s key', figure: figureOf([scoreOfOriginal(tickets).f1 * 100]) },
      });
    }
    await db.destroy();
    return rows;
  },
};
