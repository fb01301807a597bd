import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table sent_messages (
      message_id bigint primary key,
      channel_id bigint not null,
      nonce      text not null,
      sent_at    timestamptz not null
    )`.execute(db);
  await sql`comment on table sent_messages is 'Messages that may be looked for after a crash, so that none is taken for another one with the same words'`.execute(
    db,
  );
  await sql`create index sent_messages_channel on sent_messages (channel_id, sent_at)`.execute(db);
  await sql`create index sent_messages_old on sent_messages (sent_at)`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table sent_messages`.execute(db);
}
