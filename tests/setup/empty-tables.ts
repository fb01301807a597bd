/** From here on the pages that deleted rows leave behind would slow down what comes after. */
const TRUNCATED_FROM_BYTES = 256 * 1024;

/**
 * A statement that empties all tables but those of migrations, and begins their ids again. To truncate every table takes a tenth of a
 * second, for each is a new file, and most tests write a few rows to a few of them. Needs a superuser: it minds no foreign keys.
 */
export const EMPTY_TABLES = `
  do $$
  declare
    candidate record;
    has_rows boolean;
  begin
    set local session_replication_role = replica;
    for candidate in
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'bullmq') and tablename not like '%migration%'
    loop
      execute 'select exists (select from ' || candidate.name || ')' into has_rows;
      if not has_rows then continue; end if;
      if pg_table_size(candidate.name::regclass) < ${TRUNCATED_FROM_BYTES} then execute 'delete from ' || candidate.name;
      else execute 'truncate ' || candidate.name || ' cascade';
      end if;
    end loop;
    for candidate in
      select format('%I.%I', schemaname, sequencename) as name from pg_sequences
      where schemaname in ('public', 'bullmq') and last_value is not null
    loop
      execute 'alter sequence ' || candidate.name || ' restart';
    end loop;
  end $$;`;
