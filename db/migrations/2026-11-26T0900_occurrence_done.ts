import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table reminder_occurrences add column done_by bigint, add column done_at timestamptz`.execute(
    db,
  );
  await sql`comment on column reminder_occurrences.done_by is 'Who said with the button of its message that nothing is left to do'`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`alter table reminder_occurrences drop column done_by, drop column done_at`.execute(db);
}
