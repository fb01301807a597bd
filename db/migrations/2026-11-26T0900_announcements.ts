import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table announcements (
      guild_id         bigint not null,
      message_id       bigint not null,
      channel_id       bigint not null,
      author_id        bigint not null,
      state            text not null
                       check (state in ('created', 'repeated', 'asked', 'declined', 'undone', 'silent', 'over')),
      reason           text,
      fingerprint      text,
      definition       jsonb,
      reminder_id      integer references reminders (id) on delete set null,
      question_channel_id bigint,
      question_message_id bigint,
      posted_at        timestamptz not null,
      edited_at        timestamptz,
      read_at          timestamptz not null,
      primary key (guild_id, message_id)
    )`.execute(db);
  await sql`comment on table announcements is 'What was made of each message in an announcements channel'`.execute(
    db,
  );
  await sql`comment on column announcements.state is 'over: deleted, or edited so that it announces nothing any more'`.execute(
    db,
  );
  await sql`comment on column announcements.fingerprint is 'The same for two posts that announce the same'`.execute(
    db,
  );
  await sql`comment on column announcements.definition is 'The reminder that an answer to the question would make'`.execute(
    db,
  );
  await sql`create index announcements_channel on announcements (guild_id, channel_id, message_id desc)`.execute(
    db,
  );
  await sql`create index announcements_same on announcements (guild_id, fingerprint) where state in ('created', 'repeated')`.execute(
    db,
  );
  await sql`create index announcements_reminder on announcements (reminder_id) where reminder_id is not null`.execute(
    db,
  );
  await sql`create index announcements_unasked on announcements (read_at) where state = 'asked' and question_message_id is null`.execute(
    db,
  );
  await sql`create index announcements_retention on announcements (read_at)`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table announcements`.execute(db);
}
