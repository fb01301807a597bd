import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table guild_rules (
      id          integer generated always as identity primary key,
      guild_id    bigint not null,
      rule_order  integer not null,
      title       text not null check (char_length(title) between 1 and 100),
      description text not null default '' check (char_length(description) <= 2000),
      image_url   text,
      enabled     boolean not null default true,
      created_at  timestamptz not null default now(),
      updated_at  timestamptz not null default now(),
      constraint guild_rules_order unique (guild_id, rule_order) deferrable initially deferred
    )`.execute(db);
  await sql`comment on table guild_rules is 'The rules as their editor shows them; members read the newest of onboarding_versions'`.execute(
    db,
  );

  await sql`
    create table guild_onboarding_questions (
      id            integer generated always as identity primary key,
      guild_id      bigint not null,
      step_order    integer not null,
      question      text not null check (char_length(question) between 1 and 200),
      question_type text not null
                    check (question_type in ('select', 'multiselect', 'text', 'paragraph', 'email', 'number')),
      help          text check (char_length(help) between 1 and 100),
      options       jsonb,
      followup      jsonb,
      required      boolean not null default true,
      is_private    boolean not null default false,
      enabled       boolean not null default true,
      created_at    timestamptz not null default now(),
      updated_at    timestamptz not null default now(),
      constraint guild_onboarding_questions_order unique (guild_id, step_order) deferrable initially deferred
    )`.execute(db);
  await sql`comment on column guild_onboarding_questions.options is 'List of value, label, description, emoji, role_ids; null where nothing is chosen'`.execute(
    db,
  );
  await sql`comment on column guild_onboarding_questions.followup is 'By the value of an option: the question that choosing it leads to'`.execute(
    db,
  );
  await sql`comment on column guild_onboarding_questions.is_private is 'The answer is left out of what staff are told of itself'`.execute(
    db,
  );

  await sql`
    create table onboarding_versions (
      guild_id     bigint not null,
      version      integer not null,
      content      jsonb not null,
      rules_hash   text not null,
      published_by bigint not null,
      published_at timestamptz not null,
      primary key (guild_id, version)
    )`.execute(db);
  await sql`comment on table onboarding_versions is 'What was published; whoever began with a version ends with it'`.execute(
    db,
  );

  await sql`
    create table onboarding_sessions (
      id                bigint generated always as identity primary key,
      guild_id          bigint not null,
      user_id           bigint not null,
      version           integer,
      preview           jsonb,
      mode              text not null check (mode in ('rules_only', 'questions_only', 'rules_with_questions')),
      place             text,
      answers           jsonb not null default '{}',
      typed             jsonb not null default '{}',
      passed            integer[] not null default '{}',
      started_at        timestamptz not null,
      rules_accepted_at timestamptz,
      updated_at        timestamptz not null,
      finished_at       timestamptz,
      foreign key (guild_id, version) references onboarding_versions (guild_id, version),
      constraint onboarding_sessions_content check ((version is null) <> (preview is null))
    )`.execute(db);
  await sql`comment on table onboarding_sessions is 'How far each member is, and for the funnel how far they came'`.execute(
    db,
  );
  await sql`comment on column onboarding_sessions.preview is 'What an admin tries out; null for members'`.execute(
    db,
  );
  await sql`comment on column onboarding_sessions.place is 'Where the member went back or on to; null: what comes next follows from the answers'`.execute(
    db,
  );
  await sql`comment on column onboarding_sessions.answers is 'By question id, as in onboarding; empty once finished'`.execute(
    db,
  );
  await sql`comment on column onboarding_sessions.typed is 'By question id: what was typed and refused, to go on from'`.execute(
    db,
  );
  await sql`comment on column onboarding_sessions.passed is 'Questions that were answered or skipped'`.execute(
    db,
  );
  await sql`create unique index onboarding_sessions_open on onboarding_sessions (guild_id, user_id, (preview is null)) where finished_at is null`.execute(
    db,
  );
  await sql`create index onboarding_sessions_version on onboarding_sessions (guild_id, version)`.execute(db);
  await sql`create index onboarding_sessions_user on onboarding_sessions (user_id)`.execute(db);
  await sql`create index onboarding_sessions_retention on onboarding_sessions (updated_at)`.execute(db);

  await sql`
    create table onboarding (
      guild_id  bigint not null,
      user_id   bigint not null,
      responses jsonb not null,
      version   integer not null,
      timestamp timestamptz not null,
      primary key (guild_id, user_id),
      foreign key (guild_id, version) references onboarding_versions (guild_id, version)
    )`.execute(db);
  await sql`comment on column onboarding.responses is 'By question id: text, list of values, or choice with followup and followup_label; null: skipped'`.execute(
    db,
  );
  await sql`comment on column onboarding.timestamp is 'When the answers were confirmed last'`.execute(db);
  await sql`create index onboarding_user on onboarding (user_id)`.execute(db);
  await sql`create index onboarding_version on onboarding (guild_id, version)`.execute(db);

  await sql`
    create table rule_acceptances (
      id          bigint generated always as identity primary key,
      guild_id    bigint not null,
      user_id     bigint not null,
      version     integer not null,
      rules_hash  text not null,
      locale      text not null,
      accepted_at timestamptz not null,
      foreign key (guild_id, version) references onboarding_versions (guild_id, version)
    )`.execute(db);
  await sql`comment on table rule_acceptances is 'Who agreed to which rules, when; only ever added to'`.execute(
    db,
  );
  await sql`comment on column rule_acceptances.locale is 'The language around the rules, which are shown as they were written'`.execute(
    db,
  );
  await sql`create index rule_acceptances_member on rule_acceptances (guild_id, user_id, id desc)`.execute(
    db,
  );
  await sql`create index rule_acceptances_user on rule_acceptances (user_id)`.execute(db);
  await sql`create index rule_acceptances_version on rule_acceptances (guild_id, version)`.execute(db);

  await sql`
    create table onboarding_duties (
      id           bigint generated always as identity primary key,
      guild_id     bigint not null,
      user_id      bigint not null,
      kind         text not null check (kind in ('add_role', 'remove_role', 'welcome', 'report')),
      role_id      bigint,
      nonce        text not null,
      due_at       timestamptz not null,
      leased_until timestamptz,
      attempts     integer not null default 0,
      last_error   text,
      told_at      timestamptz,
      created_at   timestamptz not null,
      constraint onboarding_duties_role check ((role_id is not null) = (kind in ('add_role', 'remove_role')))
    )`.execute(db);
  await sql`comment on table onboarding_duties is 'What the bot still has to do for members who finished'`.execute(
    db,
  );
  await sql`comment on column onboarding_duties.told_at is 'When staff were told what is in the way'`.execute(
    db,
  );
  await sql`create unique index onboarding_duties_once on onboarding_duties (guild_id, user_id, kind, coalesce(role_id, 0))`.execute(
    db,
  );
  await sql`create index onboarding_duties_due on onboarding_duties (due_at)`.execute(db);
  await sql`create index onboarding_duties_user on onboarding_duties (user_id)`.execute(db);

  await sql`
    create table onboarding_panels (
      guild_id   bigint not null,
      channel_id bigint not null,
      message_id bigint,
      posted_at  timestamptz not null,
      primary key (guild_id, channel_id)
    )`.execute(db);
  await sql`comment on table onboarding_panels is 'Channels that have or had a start button, so that it comes by itself once only'`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table onboarding_panels`.execute(db);
  await sql`drop table onboarding_duties`.execute(db);
  await sql`drop table rule_acceptances`.execute(db);
  await sql`drop table onboarding`.execute(db);
  await sql`drop table onboarding_sessions`.execute(db);
  await sql`drop table onboarding_versions`.execute(db);
  await sql`drop table guild_onboarding_questions`.execute(db);
  await sql`drop table guild_rules`.execute(db);
}
