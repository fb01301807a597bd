import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table reminder_occurrences add column retried_at timestamptz`.execute(db);
  await sql`comment on column reminder_occurrences.retried_at is 'When a person asked to send it all the same; then it is sent however late'`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`alter table reminder_occurrences drop column retried_at`.execute(db);
}
