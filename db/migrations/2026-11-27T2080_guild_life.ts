import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  // Where the bot is already nobody needs to be greeted any more.
  await sql`
    alter table bot_guilds
      add column greeting_due_at     timestamptz,
      add column greeting_attempts   integer not null default 0,
      add column greeting_channel_id bigint`.execute(db);
  await sql`comment on column bot_guilds.greeting_due_at is 'Null: none is owed'`.execute(db);
  await sql`comment on column bot_guilds.greeting_channel_id is 'Where it was tried last, so that one that was sent is looked for there'`.execute(
    db,
  );
  await sql`create index bot_guilds_greeting on bot_guilds (greeting_due_at) where greeting_due_at is not null`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`
    alter table bot_guilds
      drop column greeting_due_at, drop column greeting_attempts, drop column greeting_channel_id`.execute(
    db,
  );
}
