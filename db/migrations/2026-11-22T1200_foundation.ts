import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table bot_settings (
      guild_id   bigint not null,
      scope      text not null,
      key        text not null,
      value      jsonb not null,
      value_type text not null,
      updated_by bigint,
      updated_at timestamptz not null default now(),
      primary key (guild_id, scope, key)
    )`.execute(db);
  await sql`comment on table bot_settings is 'What a guild set itself; a setting without a row has its default'`.execute(
    db,
  );
  await sql`comment on column bot_settings.updated_by is 'The member; null when the bot did it'`.execute(db);

  await sql`
    create table settings_history (
      id          bigint generated always as identity primary key,
      guild_id    bigint not null,
      scope       text not null,
      key         text not null,
      old_value   jsonb,
      new_value   jsonb,
      value_type  text not null,
      changed_by  bigint,
      changed_at  timestamptz not null default now(),
      change_type text not null check (change_type in ('created', 'updated', 'deleted', 'undone')),
      reverts_id  bigint references settings_history (id) on delete set null
    )`.execute(db);
  await sql`comment on column settings_history.old_value is 'Null: there was no override'`.execute(db);
  await sql`comment on column settings_history.new_value is 'Null: there is no override any more'`.execute(
    db,
  );
  await sql`comment on column settings_history.reverts_id is 'The entry that this one undid'`.execute(db);
  await sql`create index settings_history_guild_newest on settings_history (guild_id, id desc)`.execute(db);
  await sql`create index settings_history_setting_newest on settings_history (guild_id, scope, key, id desc)`.execute(
    db,
  );
  await sql`create index settings_history_retention on settings_history (changed_at)`.execute(db);
  // Deleting an old entry looks for the ones that reverted it.
  await sql`create index settings_history_reverts on settings_history (reverts_id) where reverts_id is not null`.execute(
    db,
  );

  await sql`
    create table reminders (
      id                integer generated always as identity primary key,
      guild_id          bigint not null,
      name              text not null check (char_length(name) between 1 and 100),
      channel_id        bigint not null,
      time              time not null,
      call_time         time not null,
      days              text[] not null default '{}'
                        check (days <@ array['0', '1', '2', '3', '4', '5', '6'] and array_position(days, null) is null),
      message           text not null default '' check (char_length(message) <= 2000),
      created_by        bigint not null,
      origin_channel_id bigint,
      origin_message_id bigint,
      event_time        timestamptz,
      location          text check (char_length(location) <= 200),
      last_sent_at      timestamptz,
      mention_everyone  boolean not null default false,
      offset_minutes    integer not null check (offset_minutes between 0 and 10080),
      finished_at       timestamptz,
      created_at        timestamptz not null default now(),
      updated_at        timestamptz not null default now(),
      constraint reminders_one_off_or_recurring check ((event_time is null) = (cardinality(days) > 0))
    )`.execute(db);
  await sql`comment on column reminders.time is 'Time of day of the announcement (event minus offset), in the guild''s zone'`.execute(
    db,
  );
  await sql`comment on column reminders.call_time is 'Time of day of the event, in the guild''s zone'`.execute(
    db,
  );
  await sql`comment on column reminders.days is 'Event days, 0 = Monday … 6 = Sunday; empty: happens once, at event_time'`.execute(
    db,
  );
  await sql`comment on column reminders.origin_message_id is 'The announcement that it was made from'`.execute(
    db,
  );
  await sql`create index reminders_creator on reminders (guild_id, created_by) where finished_at is null`.execute(
    db,
  );
  await sql`create index reminders_channel on reminders (guild_id, channel_id) where finished_at is null`.execute(
    db,
  );
  await sql`create index reminders_retention on reminders (finished_at) where finished_at is not null`.execute(
    db,
  );
  await sql`create unique index reminders_origin on reminders (guild_id, origin_message_id) where origin_message_id is not null`.execute(
    db,
  );

  await sql`
    create table reminder_occurrences (
      id              bigint generated always as identity primary key,
      reminder_id     integer not null references reminders (id) on delete cascade,
      guild_id        bigint not null,
      kind            text not null check (kind in ('advance', 'event')),
      due_at          timestamptz not null,
      event_at        timestamptz not null,
      offset_minutes  integer not null,
      state           text not null default 'pending'
                      check (state in ('pending', 'sending', 'sent', 'parked', 'missed')),
      attempts        integer not null default 0,
      next_attempt_at timestamptz not null,
      last_error      text,
      nonce           text not null,
      message_id      bigint,
      leased_until    timestamptz,
      maybe_sent_at   timestamptz,
      settled_at      timestamptz,
      created_at      timestamptz not null default now(),
      unique (reminder_id, event_at, kind, offset_minutes)
    )`.execute(db);
  await sql`comment on table reminder_occurrences is 'One message to send: what is due, and what became of it'`.execute(
    db,
  );
  await sql`comment on column reminder_occurrences.next_attempt_at is 'due_at at first; later after each failure'`.execute(
    db,
  );
  await sql`comment on column reminder_occurrences.nonce is 'Sent to Discord, so that a send that is repeated after a crash arrives once'`.execute(
    db,
  );
  await sql`comment on column reminder_occurrences.leased_until is 'While sending: when another process may take it over'`.execute(
    db,
  );
  await sql`comment on column reminder_occurrences.maybe_sent_at is 'Since when an attempt may have reached Discord without our knowing; null when none did'`.execute(
    db,
  );
  await sql`create index reminder_occurrences_due on reminder_occurrences (next_attempt_at) where state = 'pending'`.execute(
    db,
  );
  await sql`create index reminder_occurrences_leased on reminder_occurrences (leased_until) where state = 'sending'`.execute(
    db,
  );
  await sql`create index reminder_occurrences_retention on reminder_occurrences (settled_at) where settled_at is not null`.execute(
    db,
  );
  await sql`create index reminder_occurrences_parked on reminder_occurrences (guild_id) where state = 'parked'`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table reminder_occurrences, reminders, settings_history, bot_settings`.execute(db);
}
