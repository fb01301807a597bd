import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  // What was set aside before this was told, or stands in the list all the same.
  await sql`
    alter table reminder_occurrences
      add column notice_due_at   timestamptz,
      add column notice_attempts integer not null default 0`.execute(db);
  await sql`comment on column reminder_occurrences.notice_due_at is 'When whoever can mend it is to be told that it was not sent, unless somebody is at it; null when nothing is to be told'`.execute(
    db,
  );
  await sql`create index reminder_occurrences_notice on reminder_occurrences (notice_due_at) where notice_due_at is not null`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`alter table reminder_occurrences drop column notice_due_at, drop column notice_attempts`.execute(
    db,
  );
}
