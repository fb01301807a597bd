import { openAsBlob } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { EXTENSIONS } from '../../src/lib/database/embedded.ts';

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
      await pglite.exec(EMPTY);
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

/** Truncating all tables takes as long as loading a new database; most files write to a few. */
const EMPTY = `
  rollback; reset all; discard temp; unlisten *; deallocate all;
  do $$
  declare
    candidate record;
    has_rows boolean;
    filled text[] := '{}';
  begin
    for candidate in
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'bullmq') and tablename not like '%migration%'
    loop
      execute 'select exists (select from ' || candidate.name || ')' into has_rows;
      if has_rows then filled := filled || candidate.name; end if;
    end loop;
    if filled <> '{}' then execute 'truncate ' || array_to_string(filled, ', ') || ' cascade'; end if;
    for candidate in
      select format('%I.%I', schemaname, sequencename) as name from pg_sequences where last_value is not null
    loop
      execute 'alter sequence ' || candidate.name || ' restart';
    end loop;
  end $$;`;
