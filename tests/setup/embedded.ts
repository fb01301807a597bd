import { openAsBlob } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { EXTENSIONS } from '../../src/lib/database/embedded.ts';
import { EMPTY_TABLES } from './empty-tables.ts';

interface Kept {
  readonly pglite: PGlite;
  /** What is in the schema, to notice a test that changed it. */
  readonly schema: string;
}

/** Of this process and not of a module, as a test may take all modules anew. */
const KEPT = Symbol.for('alphapy.tests.embedded');
const process = globalThis as { [KEPT]?: Kept };

/**
 * A migrated, empty database in memory. To load one and to plan its first statements takes longer than most files of tests, so
 * the one that the file before has given back is emptied and used again.
 * @param dump the file to load one from.
 * @returns it, and what gives it back when nobody uses it any more.
 */
export async function openEmpty(dump: string): Promise<{ pglite: PGlite; giveBack: () => Promise<void> }> {
  const kept = process[KEPT];
  delete process[KEPT];
  const pglite =
    kept?.pglite ?? (await PGlite.create({ extensions: EXTENSIONS, loadDataDir: await openAsBlob(dump) }));
  const schema = kept?.schema ?? (await schemaOf(pglite));
  return {
    pglite,
    async giveBack() {
      await pglite.exec(`rollback; reset all; discard temp; unlisten *; deallocate all; ${EMPTY_TABLES}`);
      if (process[KEPT] === undefined && (await schemaOf(pglite)) === schema)
        process[KEPT] = { pglite, schema };
      else await pglite.close();
    },
  };
}

async function schemaOf(pglite: PGlite): Promise<string> {
  const { rows } = await pglite.query<{ schema: string }>(`
    select concat_ws(' ',
      (select string_agg(relname || relnatts, ',' order by relname) from pg_class where relnamespace = 'public'::regnamespace),
      (select count(*) from pg_proc where pronamespace = 'public'::regnamespace),
      (select string_agg(tgname, ',' order by tgname) from pg_trigger where not tgisinternal),
      (select string_agg(nspname, ',' order by nspname) from pg_namespace where nspname not in ('bullmq'))) as schema`);
  return rows[0]?.schema ?? '';
}
