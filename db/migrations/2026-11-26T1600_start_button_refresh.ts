import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table onboarding_panels add column refresh_due_at timestamptz`.execute(db);
  await sql`comment on column onboarding_panels.refresh_due_at is 'When the message is to be brought up to date; null: it is'`.execute(
    db,
  );
  await sql`create index onboarding_panels_refresh on onboarding_panels (refresh_due_at) where refresh_due_at is not null`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`alter table onboarding_panels drop column refresh_due_at`.execute(db);
}
