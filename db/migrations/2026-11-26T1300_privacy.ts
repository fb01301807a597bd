import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table privacy_drafts (
      guild_id   bigint not null,
      locale     text not null check (locale in ('en-US', 'nl')),
      content    text not null check (char_length(content) between 1 and 4000),
      updated_by bigint,
      updated_at timestamptz not null,
      primary key (guild_id, locale)
    )`.execute(db);
  await sql`comment on table privacy_drafts is 'The privacy text as admins edit it; members read the newest of privacy_documents'`.execute(
    db,
  );
  await sql`comment on column privacy_drafts.updated_by is 'Null when whoever it was had their data erased'`.execute(
    db,
  );
  await sql`create index privacy_drafts_editor on privacy_drafts (updated_by, guild_id) where updated_by is not null`.execute(
    db,
  );

  await sql`
    create table privacy_documents (
      guild_id     bigint not null,
      version      integer not null check (version > 0),
      locale       text not null check (locale in ('en-US', 'nl')),
      content      text not null,
      content_hash text not null,
      published_by bigint,
      published_at timestamptz not null,
      primary key (guild_id, version, locale)
    )`.execute(db);
  await sql`comment on table privacy_documents is 'What was published: the texts of a version, one a language; never changed'`.execute(
    db,
  );
  await sql`comment on column privacy_documents.content_hash is 'SHA-256 of content, in hexadecimal'`.execute(
    db,
  );
  await sql`create index privacy_documents_publisher on privacy_documents (published_by, guild_id) where published_by is not null`.execute(
    db,
  );

  await sql`
    create table privacy_posts (
      guild_id   bigint primary key,
      channel_id bigint not null,
      message_id bigint not null,
      version    integer not null,
      posted_at  timestamptz not null
    )`.execute(db);
  await sql`comment on table privacy_posts is 'The public message with the text of a guild, and which version it shows'`.execute(
    db,
  );
  await sql`comment on column privacy_posts.posted_at is 'When it was last posted or changed, or that was last tried'`.execute(
    db,
  );

  await sql`
    create table privacy_agreements (
      id           bigint generated always as identity primary key,
      guild_id     bigint not null,
      user_id      bigint not null,
      version      integer not null,
      locale       text not null,
      content_hash text not null,
      agreed_at    timestamptz not null,
      withdrawn_at timestamptz,
      foreign key (guild_id, version, locale) references privacy_documents (guild_id, version, locale)
    )`.execute(db);
  await sql`comment on column privacy_agreements.content_hash is 'Of the text that was shown'`.execute(db);
  await sql`create unique index privacy_agreements_in_force on privacy_agreements (guild_id, user_id, version, locale) where withdrawn_at is null`.execute(
    db,
  );
  await sql`create index privacy_agreements_member on privacy_agreements (user_id, guild_id)`.execute(db);
  await sql`create index privacy_agreements_document on privacy_agreements (guild_id, version, locale)`.execute(
    db,
  );
  await sql`create index privacy_agreements_retention on privacy_agreements (withdrawn_at) where withdrawn_at is not null`.execute(
    db,
  );

  await sql`
    create table privacy_exports (
      user_id     bigint primary key,
      exported_at timestamptz not null
    )`.execute(db);
  await sql`comment on table privacy_exports is 'Who was given their data last when, as long as they have to wait for the next time'`.execute(
    db,
  );
  await sql`create index privacy_exports_retention on privacy_exports (exported_at)`.execute(db);

  await sql`
    create table erasures (
      id           bigint generated always as identity primary key,
      kind         text not null check (kind in ('asked', 'left', 'removed')),
      user_id      bigint,
      guild_id     bigint,
      locale       text,
      code         text unique,
      requested_at timestamptz not null,
      due_at       timestamptz not null,
      started_at   timestamptz,
      leased_until timestamptz,
      attempts     integer not null default 0,
      last_error   text,
      done_at      timestamptz,
      receipt      jsonb,
      constraint erasures_scope check (
        (kind = 'asked' and code is not null and locale is not null and (done_at is null) = (user_id is not null))
        or (kind = 'left' and user_id is not null and guild_id is not null)
        or (kind = 'removed' and user_id is null and guild_id is not null)
      ),
      constraint erasures_receipt check (done_at is null or receipt is not null)
    )`.execute(db);
  await sql`comment on table erasures is 'What is to be erased when: for who asked, who left a guild, and a guild that removed the bot'`.execute(
    db,
  );
  await sql`comment on column erasures.user_id is 'Null for a whole guild, and once it is done'`.execute(db);
  await sql`comment on column erasures.guild_id is 'Null: everywhere'`.execute(db);
  await sql`comment on column erasures.code is 'By which whoever asked finds the receipt, when nothing else says any more who it was'`.execute(
    db,
  );
  await sql`comment on column erasures.started_at is 'From then on it can no longer be taken back'`.execute(
    db,
  );
  await sql`comment on column erasures.receipt is 'How many rows of which table were deleted, and how many kept without the person; grows guild by guild'`.execute(
    db,
  );
  await sql`create unique index erasures_once on erasures (kind, coalesce(user_id, 0), coalesce(guild_id, 0)) where done_at is null`.execute(
    db,
  );
  await sql`create index erasures_due on erasures (due_at) where done_at is null`.execute(db);
  await sql`create index erasures_user on erasures (user_id, guild_id) where user_id is not null`.execute(db);
  await sql`create index erasures_guild on erasures (guild_id)`.execute(db);
  await sql`create index erasures_retention on erasures (done_at) where done_at is not null`.execute(db);

  await sql`
    create table bot_guilds (
      guild_id  bigint primary key,
      joined_at timestamptz not null
    )`.execute(db);
  await sql`comment on table bot_guilds is 'Where the bot is or was until its data is erased; tells of what removed it while it did not run'`.execute(
    db,
  );

  // A guild that removed the bot before this is noticed at the next start, like any other.
  await sql`
    insert into bot_guilds
    select guild_id, now() from (
      select guild_id from bot_settings union select guild_id from settings_history union select guild_id from reminders
      union select guild_id from announcements union select guild_id from onboarding_versions
      union select guild_id from guild_rules union select guild_id from guild_onboarding_questions
    ) known`.execute(db);

  // A person's rows are found by the person, whatever else lies in their guilds.
  await sql`create index reminders_by_creator on reminders (created_by, guild_id)`.execute(db);
  await sql`create index reminders_by_recipient on reminders (recipient_id, guild_id) where recipient_id is not null`.execute(
    db,
  );
  await sql`create index reminder_occurrences_by_doer on reminder_occurrences (done_by, guild_id) where done_by is not null`.execute(
    db,
  );
  await sql`create index reminder_occurrences_guild on reminder_occurrences (guild_id)`.execute(db);
  await sql`create index announcements_by_author on announcements (author_id, guild_id)`.execute(db);
  await sql`create index bot_settings_by_changer on bot_settings (updated_by, guild_id) where updated_by is not null`.execute(
    db,
  );
  await sql`create index settings_history_by_changer on settings_history (changed_by, guild_id) where changed_by is not null`.execute(
    db,
  );
  await sql`create index onboarding_versions_by_publisher on onboarding_versions (published_by, guild_id)`.execute(
    db,
  );
  await sql`create index onboarding_sessions_unfinished on onboarding_sessions (updated_at) where finished_at is null`.execute(
    db,
  );
  await sql`create index onboarding_sessions_previews on onboarding_sessions (updated_at) where preview is not null`.execute(
    db,
  );
  // What was written here named whoever dropped a message.
  await sql`update reminder_occurrences set last_error = 'dropped' where state = 'missed' and last_error like 'dropped by %'`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`
    drop index onboarding_sessions_previews, onboarding_sessions_unfinished, onboarding_versions_by_publisher, settings_history_by_changer,
      bot_settings_by_changer, announcements_by_author, reminder_occurrences_guild, reminder_occurrences_by_doer,
      reminders_by_recipient, reminders_by_creator`.execute(db);
  await sql`drop table bot_guilds, erasures, privacy_exports, privacy_agreements, privacy_posts, privacy_documents, privacy_drafts`.execute(
    db,
  );
}
