import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table web_sessions (
      id_hash      text primary key,
      user_id      bigint not null,
      user_name    text not null,
      guild_ids    text[] not null,
      csrf_token   text not null,
      created_at   timestamptz not null,
      last_seen_at timestamptz not null,
      expires_at   timestamptz not null
    )`.execute(db);
  await sql`comment on table web_sessions is 'Who is signed in to the dashboard'`.execute(db);
  await sql`comment on column web_sessions.id_hash is 'SHA-256 of what the cookie holds, in hexadecimal'`.execute(
    db,
  );
  await sql`comment on column web_sessions.guild_ids is 'Where they had Manage Server when they signed in; to show a list, never to let somebody in'`.execute(
    db,
  );
  await sql`create index web_sessions_user on web_sessions (user_id)`.execute(db);
  await sql`create index web_sessions_old on web_sessions (expires_at)`.execute(db);

  await sql`
    create table api_keys (
      id           integer generated always as identity primary key,
      guild_id     bigint not null,
      user_id      bigint not null,
      name         text not null,
      hash         text not null unique,
      shown        text not null,
      scopes       text[] not null,
      created_at   timestamptz not null,
      expires_at   timestamptz not null,
      last_used_at timestamptz,
      revoked_at   timestamptz
    )`.execute(db);
  await sql`comment on table api_keys is 'Keys that admins made for programs; each acts for its maker in one guild'`.execute(
    db,
  );
  await sql`comment on column api_keys.hash is 'SHA-256 of the key, in hexadecimal; the key itself was shown once'`.execute(
    db,
  );
  await sql`comment on column api_keys.shown is 'How the key begins, so that its maker knows it again'`.execute(
    db,
  );
  await sql`create index api_keys_user on api_keys (user_id)`.execute(db);
  await sql`create index api_keys_guild on api_keys (guild_id)`.execute(db);

  await sql`
    create table supabase_accounts (
      supabase_user_id uuid primary key,
      discord_user_id  bigint not null unique,
      linked_at        timestamptz not null,
      checked_at       timestamptz not null
    )`.execute(db);
  await sql`comment on table supabase_accounts is 'Who somebody of the host''s Supabase project is on Discord, as Discord told Supabase'`.execute(
    db,
  );
  await sql`comment on column supabase_accounts.checked_at is 'When Supabase was last asked'`.execute(db);
  await sql`create index supabase_accounts_old on supabase_accounts (checked_at)`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table supabase_accounts, api_keys, web_sessions`.execute(db);
}
