import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  // Ids of an old database are unique within a guild at best, and two old databases may come into one.
  await sql`
    create table imported_rows (
      guild_id     bigint not null,
      source_table text not null,
      old_id       bigint not null,
      new_id       bigint not null,
      imported_at  timestamptz not null,
      primary key (guild_id, source_table, old_id)
    )`.execute(db);
  await sql`comment on table imported_rows is 'Which row of the Python bot became which of ours, so that an import can be run again'`.execute(
    db,
  );
  await sql`comment on column imported_rows.new_id is 'Of the row here; it may be gone by now, and is then not brought again'`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table imported_rows`.execute(db);
}
