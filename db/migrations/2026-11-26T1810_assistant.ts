import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table ai_consents (
      guild_id  bigint not null,
      user_id   bigint not null,
      locale    text not null,
      text_hash text not null,
      agreed_at timestamptz not null,
      primary key (user_id, guild_id)
    )`.execute(db);
  await sql`comment on column ai_consents.text_hash is 'SHA-256 of the text that was shown; another text is another question'`.execute(
    db,
  );

  await sql`
    create table ai_questions (
      id               bigint generated always as identity primary key,
      guild_id         bigint not null,
      user_id          bigint not null,
      channel_id       bigint,
      locale           text not null,
      profile          text not null,
      quotes           jsonb not null,
      plain            text not null,
      sources          jsonb not null,
      state            text not null check (state in ('consent', 'asking', 'ended', 'ready')),
      outcome          text,
      answer           text,
      resumes_at       timestamptz,
      token            text not null,
      message_id       text not null,
      token_expires_at timestamptz not null,
      attempts         integer not null default 0,
      claims           integer not null default 0,
      last_error       text,
      due_at           timestamptz not null,
      leased_until     timestamptz,
      asked_at         timestamptz not null,
      check ((outcome is not null) = (state in ('ended', 'ready'))),
      check ((answer is not null) = (outcome is not null and outcome = 'answer'))
    )`.execute(db);
  await sql`comment on table ai_questions is 'What members ask an AI, until they have what came of it'`.execute(
    db,
  );
  await sql`comment on column ai_questions.state is 'consent: the member is asked whether it may be sent; asking: it is asked, or tried again when due; ended: what came of it is to be shown; ready: it waits behind a button'`.execute(
    db,
  );
  await sql`comment on column ai_questions.token is 'Of the interaction whose answer message_id is; worth nothing once it has expired'`.execute(
    db,
  );
  await sql`comment on column ai_questions.claims is 'Counts who took it on, so that whoever was overtaken changes nothing any more'`.execute(
    db,
  );
  await sql`create index ai_questions_due on ai_questions (due_at) where state in ('asking', 'ended')`.execute(
    db,
  );
  await sql`create index ai_questions_member on ai_questions (user_id, guild_id)`.execute(db);
  await sql`create index ai_questions_asked on ai_questions (asked_at)`.execute(db);
  await sql`create index ai_questions_guild on ai_questions (guild_id, state)`.execute(db);

  await sql`
    create table ai_budgets (
      guild_id bigint,
      user_id  bigint,
      day      date not null,
      spent    bigint not null check (spent >= 0),
      constraint ai_budgets_scope unique nulls not distinct (day, guild_id, user_id),
      check (guild_id is not null or user_id is null)
    )`.execute(db);
  await sql`comment on table ai_budgets is 'What asking an AI cost: of a member in a guild, of a guild (no user_id), of all guilds (no guild_id)'`.execute(
    db,
  );
  await sql`comment on column ai_budgets.spent is 'In billionths of a dollar; holds what calls that run may cost at most'`.execute(
    db,
  );
  await sql`comment on column ai_budgets.day is 'In the guild''s time zone; of all guilds in UTC'`.execute(
    db,
  );
  await sql`create index ai_budgets_member on ai_budgets (user_id, guild_id, day)`.execute(db);
  await sql`create index ai_budgets_guild on ai_budgets (guild_id, day)`.execute(db);

  await sql`
    create table ai_calls (
      id         bigint generated always as identity primary key,
      guild_id   bigint not null,
      profile    text not null,
      model      text not null,
      outcome    text not null,
      at         timestamptz not null,
      latency_ms integer not null,
      tokens_in  integer not null,
      tokens_out integer not null,
      cost       bigint not null
    )`.execute(db);
  await sql`comment on table ai_calls is 'Each time an AI was asked, without a word of it and without who asked'`.execute(
    db,
  );
  await sql`comment on column ai_calls.cost is 'In billionths of a dollar'`.execute(db);
  await sql`create index ai_calls_guild on ai_calls (guild_id, at desc)`.execute(db);
  await sql`create index ai_calls_at on ai_calls (at)`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table ai_calls, ai_budgets, ai_questions, ai_consents`.execute(db);
}
