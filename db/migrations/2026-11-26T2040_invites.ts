import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table invite_joins (
      id            bigint generated always as identity primary key,
      guild_id      bigint not null,
      member_id     bigint,
      inviter_id    bigint,
      code          text,
      certainty     text not null check (certainty in ('certain', 'vanity', 'ambiguous', 'unknown')),
      reason        text not null,
      is_rejoin     boolean not null,
      first_join_id bigint references invite_joins on delete cascade,
      is_fake       boolean not null,
      joined_at     timestamptz not null,
      check (certainty = 'certain' or (inviter_id is null and code is null)),
      check (is_rejoin or first_join_id is null),
      unique (member_id, guild_id, joined_at)
    )`.execute(db);
  await sql`comment on table invite_joins is 'Who joined by which invite, and how certain that is; never changed but by an erasure'`.execute(
    db,
  );
  await sql`comment on column invite_joins.inviter_id is 'Null: nobody certain, or erased'`.execute(db);
  await sql`comment on column invite_joins.reason is 'Why it is that certain, in a word'`.execute(db);
  await sql`comment on column invite_joins.first_join_id is 'Of a member who came back: their first join that is known'`.execute(
    db,
  );
  await sql`comment on column invite_joins.is_fake is 'The account was younger than a week'`.execute(db);
  await sql`create index invite_joins_inviter on invite_joins (inviter_id, guild_id)`.execute(db);
  await sql`create index invite_joins_guild on invite_joins (guild_id, joined_at)`.execute(db);
  await sql`create index invite_joins_first on invite_joins (first_join_id) where first_join_id is not null`.execute(
    db,
  );

  await sql`
    create table invite_leaves (
      id        bigint generated always as identity primary key,
      guild_id  bigint not null,
      member_id bigint,
      join_id   bigint unique references invite_joins on delete cascade,
      left_at   timestamptz not null
    )`.execute(db);
  await sql`comment on table invite_leaves is 'Who left; never changed but by an erasure'`.execute(db);
  await sql`comment on column invite_leaves.join_id is 'The join that it ends; null for who came before joins were noted'`.execute(
    db,
  );
  await sql`create unique index invite_leaves_unknown on invite_leaves (member_id, guild_id) where join_id is null`.execute(
    db,
  );
  await sql`create index invite_leaves_member on invite_leaves (member_id, guild_id)`.execute(db);
  await sql`create index invite_leaves_guild on invite_leaves (guild_id)`.execute(db);

  await sql`
    create table invite_adjustments (
      id        bigint generated always as identity primary key,
      guild_id  bigint not null,
      member_id bigint not null,
      kind      text not null check (kind in ('set', 'reset', 'import')),
      count     integer not null check (count between 0 and 1000000),
      bonus     integer not null,
      actor_id  bigint,
      at        timestamptz not null,
      check (kind <> 'reset' or count = 0)
    )`.execute(db);
  await sql`comment on table invite_adjustments is 'What admins made a member''s count, and what was brought along from an older bot; never changed but by an erasure'`.execute(
    db,
  );
  await sql`comment on column invite_adjustments.count is 'What the count was made; of an import what it adds'`.execute(
    db,
  );
  await sql`comment on column invite_adjustments.bonus is 'What that added to the count as the other events gave it'`.execute(
    db,
  );
  await sql`create index invite_adjustments_member on invite_adjustments (member_id, guild_id)`.execute(db);
  await sql`create index invite_adjustments_guild on invite_adjustments (guild_id)`.execute(db);
  await sql`create index invite_adjustments_actor on invite_adjustments (actor_id)`.execute(db);
  await sql`create unique index invite_adjustments_import on invite_adjustments (guild_id, member_id) where kind = 'import'`.execute(
    db,
  );

  await sql`
    create table invite_hidden (
      guild_id  bigint not null,
      member_id bigint not null,
      since     timestamptz not null,
      primary key (member_id, guild_id)
    )`.execute(db);
  await sql`comment on table invite_hidden is 'Who does not want to be shown on the leaderboard'`.execute(db);
  await sql`create index invite_hidden_guild on invite_hidden (guild_id)`.execute(db);

  await sql`
    create table invite_announcements (
      join_id      bigint primary key references invite_joins on delete cascade,
      guild_id     bigint not null,
      nonce        text not null,
      due_at       timestamptz not null,
      attempts     integer not null default 0,
      leased_until timestamptz,
      created_at   timestamptz not null
    )`.execute(db);
  await sql`comment on table invite_announcements is 'Joins that are still to be announced'`.execute(db);
  await sql`create index invite_announcements_due on invite_announcements (due_at)`.execute(db);
  await sql`create index invite_announcements_guild on invite_announcements (guild_id)`.execute(db);

  await sql`
    create table invite_troubles (
      guild_id bigint not null,
      kind     text not null check (kind in ('permission', 'channel')),
      told_at  timestamptz not null,
      primary key (guild_id, kind)
    )`.execute(db);
  await sql`comment on table invite_troubles is 'What is in the way of counting or announcing, and that staff have been told'`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table invite_troubles, invite_announcements, invite_hidden, invite_adjustments, invite_leaves, invite_joins`.execute(
    db,
  );
}
