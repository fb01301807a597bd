import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  // Both belong to PostgreSQL's own collection and are trusted: whoever may create tables may create them.
  await sql`create extension if not exists pg_trgm`.execute(db);
  await sql`create extension if not exists btree_gin`.execute(db);

  // array_to_string calls the output functions of whatever the array holds, so PostgreSQL does not take it for immutable; for texts it is.
  await sql`
    create function faq_joined(words text[]) returns text
    language sql immutable strict parallel safe
    as $$ select pg_catalog.array_to_string(words, ' ') $$`.execute(db);

  await sql`
    alter table faq_entries
      add column language    text not null default 'en-US' check (language in ('en-US', 'nl')),
      add column meanings    text[] not null default '{}',
      add column deleted_at  timestamptz,
      add column deleted_by  bigint`.execute(db);
  await sql`
    update faq_entries set language = 'nl'
    from bot_settings
    where bot_settings.guild_id = faq_entries.guild_id and scope = 'system' and key = 'language' and value = '"nl"'`.execute(
    db,
  );
  await sql`
    alter table faq_entries
      add column head    text not null generated always as (title || ' ' || faq_joined(keywords)) stored,
      add column search  tsvector not null generated always as (
        case language
          when 'nl' then
            setweight(to_tsvector('dutch', title), 'A') || setweight(to_tsvector('dutch', faq_joined(keywords)), 'B')
              || setweight(to_tsvector('dutch', summary), 'D')
          else
            setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', faq_joined(keywords)), 'B')
              || setweight(to_tsvector('english', summary), 'D')
        end || array_to_tsvector(meanings)
      ) stored`.execute(db);
  await sql`comment on column faq_entries.meanings is 'Words that stand for others of the title and the keywords, in either language; each begins with ='`.execute(
    db,
  );
  // The guild stands in each index, so that what other guilds wrote costs nothing. Without fastupdate: the embedded database has no
  // autovacuum that would empty the list of what is not sorted in yet.
  await sql`create index faq_entries_search on faq_entries using gin (guild_id, search) with (fastupdate = off) where deleted_at is null`.execute(
    db,
  );
  await sql`create index faq_entries_letters on faq_entries using gin (guild_id, head gin_trgm_ops) with (fastupdate = off) where deleted_at is null`.execute(
    db,
  );
  await sql`create index faq_entries_title on faq_entries (guild_id, (lower(title) collate "C"), id) where deleted_at is null`.execute(
    db,
  );
  await sql`create index faq_entries_deleted on faq_entries (guild_id, deleted_at) where deleted_at is not null`.execute(
    db,
  );
  await sql`create index faq_entries_deleted_at on faq_entries (deleted_at) where deleted_at is not null`.execute(
    db,
  );
  await sql`create index faq_entries_deleted_by on faq_entries (deleted_by)`.execute(db);

  await sql`
    create table faq_search_logs (
      id          bigint generated always as identity primary key,
      guild_id    bigint not null,
      query       text not null check (char_length(query) between 1 and 100),
      found       integer not null check (found >= 0),
      created_at  timestamptz not null
    )`.execute(db);
  await sql`comment on table faq_search_logs is 'What was searched for with /faq search, without who did'`.execute(
    db,
  );
  await sql`create index faq_search_logs_guild on faq_search_logs (guild_id, created_at)`.execute(db);
  await sql`create index faq_search_logs_created_at on faq_search_logs (created_at)`.execute(db);

  await sql`
    create table faq_counts (
      guild_id  bigint not null,
      day       date not null,
      offered   integer not null default 0,
      solved    integer not null default 0,
      opened    integer not null default 0,
      primary key (guild_id, day)
    )`.execute(db);
  await sql`comment on table faq_counts is 'How often entries were offered before a ticket, and what came of it'`.execute(
    db,
  );
  await sql`create index faq_counts_day on faq_counts (day)`.execute(db);

  await sql`
    create table faq_offers (
      id          bigint generated always as identity primary key,
      guild_id    bigint not null,
      user_id     bigint not null,
      request     jsonb not null,
      created_at  timestamptz not null
    )`.execute(db);
  await sql`comment on table faq_offers is 'What a member wrote for a ticket, while they read the entries that may spare it'`.execute(
    db,
  );
  await sql`create index faq_offers_user on faq_offers (user_id, guild_id)`.execute(db);
  await sql`create index faq_offers_guild on faq_offers (guild_id)`.execute(db);
  await sql`create index faq_offers_created_at on faq_offers (created_at)`.execute(db);

  await sql`
    create table faq_notes (
      guild_id      bigint primary key,
      since         timestamptz not null,
      due_at        timestamptz,
      leased_until  timestamptz,
      attempts      integer not null default 0
    )`.execute(db);
  await sql`comment on table faq_notes is 'When the log channel is told what was searched for in vain'`.execute(
    db,
  );
  await sql`comment on column faq_notes.since is 'Searches before were told of'`.execute(db);
  await sql`comment on column faq_notes.due_at is 'Null: nothing was searched for in vain since'`.execute(db);
  await sql`create index faq_notes_due on faq_notes (due_at) where due_at is not null`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const table of ['faq_notes', 'faq_offers', 'faq_counts', 'faq_search_logs'])
    await sql`drop table ${sql.table(table)}`.execute(db);
  await sql`
    alter table faq_entries
      drop column search, drop column head, drop column language, drop column meanings,
      drop column deleted_at, drop column deleted_by`.execute(db);
  await sql`drop function faq_joined(text[])`.execute(db);
  await sql`drop extension btree_gin`.execute(db);
  await sql`drop extension pg_trgm`.execute(db);
}
