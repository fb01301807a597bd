import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table idempotency_keys (
      guild_id     bigint,
      user_id      bigint not null,
      caller       text not null,
      operation    text not null,
      key          text not null,
      request_hash text not null,
      status       integer,
      reply        jsonb,
      created_at   timestamptz not null,
      primary key (user_id, caller, operation, key)
    )`.execute(db);
  await sql`comment on table idempotency_keys is 'What was made for requests with an Idempotency-Key, so that a repetition makes nothing'`.execute(
    db,
  );
  await sql`comment on column idempotency_keys.user_id is '0: the service key without a person'`.execute(db);
  await sql`comment on column idempotency_keys.caller is 'How the person proved who they are; two keys of one person are two callers'`.execute(
    db,
  );
  await sql`comment on column idempotency_keys.status is 'Of the reply; null only within the transaction that makes it'`.execute(
    db,
  );
  await sql`create index idempotency_keys_old on idempotency_keys (created_at)`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table idempotency_keys`.execute(db);
}
