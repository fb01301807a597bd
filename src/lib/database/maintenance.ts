import type pg from 'pg';
import type { DatabaseLog } from './log.ts';

export interface MaintenanceOptions {
  readonly checkpointEveryMs: number;
  readonly vacuumEveryMs: number;
  readonly log: DatabaseLog;
}

/** Tables with enough dead or changed rows to be worth a vacuum; the same rule as PostgreSQL's autovacuum by default. */
const TABLES_IN_NEED = `
  select format('%I.%I', s.schemaname, s.relname) as name
  from pg_stat_user_tables s
  join pg_class c on c.oid = s.relid
  where n_dead_tup > 50 + 0.2 * greatest(reltuples, 0)
     or n_ins_since_vacuum > 1000 + 0.2 * greatest(reltuples, 0)
     or n_mod_since_analyze > 50 + 0.1 * greatest(reltuples, 0)
  order by n_dead_tup desc`;

/**
 * Does for the embedded database what PostgreSQL's background processes do, which it lacks: checkpoints (or the
 * log that a start has to replay grows for ever) and vacuum. Each table is a statement of its own, so that others get their turn in between.
 * @returns a function that stops it and resolves when nothing of it runs any more.
 */
export function startEmbeddedMaintenance(pool: pg.Pool, options: MaintenanceOptions): () => Promise<void> {
  const { checkpointEveryMs, vacuumEveryMs, log } = options;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const perform = async (name: string, work: () => Promise<void>): Promise<void> => {
    if (stopped) return;
    const start = performance.now();
    try {
      await work();
      log.debug({ ms: Math.round(performance.now() - start) }, `${name} of the embedded database done`);
    } catch (error) {
      log.warn({ err: error }, `${name} of the embedded database failed`);
    }
  };
  const inTurn = (name: string, work: () => Promise<void>): void => {
    running = running.then(() => perform(name, work));
  };
  const timers = [
    setInterval(() => inTurn('checkpoint', () => checkpoint(pool)), checkpointEveryMs),
    setInterval(() => inTurn('vacuum', () => vacuum(pool, () => stopped)), vacuumEveryMs),
  ];
  for (const timer of timers) timer.unref();
  return () => {
    stopped = true;
    for (const timer of timers) clearInterval(timer);
    return running;
  };
}

/** Writes out what is only in memory and in the log. */
export async function checkpoint(pool: pg.Pool): Promise<void> {
  await pool.query('checkpoint');
}

/** Vacuums and analyses the tables in need, one by one, until `enough` says to stop. */
export async function vacuum(pool: pg.Pool, enough: () => boolean = () => false): Promise<void> {
  // The counts of this session; without being told it keeps them to itself, as it never becomes idle as a server's does.
  await pool.query('select pg_stat_force_next_flush()');
  const { rows } = await pool.query<{ name: string }>(TABLES_IN_NEED);
  for (const { name } of rows) {
    if (enough()) return;
    await pool.query(`vacuum (analyze) ${name}`);
  }
}
