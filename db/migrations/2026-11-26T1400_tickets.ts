import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table ticket_categories (
      id                  integer generated always as identity primary key,
      guild_id            bigint not null,
      position            integer not null,
      name                text not null check (char_length(name) between 1 and 45),
      description         text check (char_length(description) between 1 and 100),
      emoji               text,
      parent_id           bigint,
      staff_role_id       bigint,
      escalation_role_id  bigint,
      open_limit          integer check (open_limit between 1 and 10),
      form                jsonb not null default '[]',
      enabled             boolean not null default true,
      deleted_at          timestamptz,
      created_at          timestamptz not null default now(),
      updated_at          timestamptz not null default now(),
      unique (guild_id, id),
      constraint ticket_categories_order unique (guild_id, position) deferrable initially deferred
    )`.execute(db);
  await sql`comment on table ticket_categories is 'What members can open a ticket about; a guild without any has one general kind'`.execute(
    db,
  );
  await sql`comment on column ticket_categories.parent_id is 'The category of channels; null: ticketbot.category_id. Roles and limit likewise'`.execute(
    db,
  );
  await sql`comment on column ticket_categories.form is 'List of up to five fields; empty: one that asks what it is about'`.execute(
    db,
  );
  await sql`comment on column ticket_categories.deleted_at is 'Gone for everybody; its tickets still say what they were about'`.execute(
    db,
  );

  await sql`
    create table support_tickets (
      id                 integer generated always as identity primary key,
      guild_id           bigint not null,
      user_id            bigint not null,
      username           text,
      category_id        integer,
      slot               integer not null default 1 check (slot between 1 and 10),
      description        text not null check (char_length(description) <= 4000),
      form               jsonb,
      status             text not null default 'open'
                         check (status in ('open', 'claimed', 'waiting_for_user', 'escalated', 'closed', 'archived')),
      origin_channel_id  bigint,
      origin_message_id  bigint,
      channel_id         bigint,
      is_thread          boolean not null default false,
      message_id         bigint,
      opened_at          timestamptz,
      claimed_by         bigint,
      claimed_at         timestamptz,
      escalated_to       bigint,
      first_response_at  timestamptz,
      closed_at          timestamptz,
      closed_by          bigint,
      close_reason       text check (char_length(close_reason) <= 1000),
      archived_at        timestamptz,
      archived_by        bigint,
      last_activity_at   timestamptz not null,
      idle_due_at        timestamptz,
      warned_at          timestamptz,
      sync_due_at        timestamptz,
      sync_attempts      integer not null default 0,
      sync_error         text,
      told_at            timestamptz,
      leased_until       timestamptz,
      created_at         timestamptz not null default now(),
      updated_at         timestamptz not null default now(),
      unique (guild_id, id),
      foreign key (guild_id, category_id) references ticket_categories (guild_id, id)
    )`.execute(db);
  await sql`comment on column support_tickets.slot is 'Which of the tickets that the member may have open in the category at once'`.execute(
    db,
  );
  await sql`comment on column support_tickets.form is 'What was asked and answered when it was opened: list of label, kind, value'`.execute(
    db,
  );
  await sql`comment on column support_tickets.origin_message_id is 'The message that it was opened about'`.execute(
    db,
  );
  await sql`comment on column support_tickets.message_id is 'The message with its buttons'`.execute(db);
  await sql`comment on column support_tickets.opened_at is 'When its channel was ready; null: it is being made'`.execute(
    db,
  );
  await sql`comment on column support_tickets.closed_by is 'Null with closed_at: the bot'`.execute(db);
  await sql`comment on column support_tickets.sync_due_at is 'When its channel is made to look like this row; null: it does'`.execute(
    db,
  );
  await sql`comment on column support_tickets.told_at is 'When staff were told what is in the way'`.execute(
    db,
  );
  await sql`create unique index support_tickets_slot on support_tickets (guild_id, user_id, coalesce(category_id, 0), slot) where status not in ('closed', 'archived') and user_id <> 0`.execute(
    db,
  );
  await sql`create unique index support_tickets_channel on support_tickets (channel_id) where channel_id is not null`.execute(
    db,
  );
  await sql`create index support_tickets_list on support_tickets (guild_id, status, id)`.execute(db);
  await sql`create index support_tickets_activity on support_tickets (guild_id, status, last_activity_at, id)`.execute(
    db,
  );
  await sql`create index support_tickets_created on support_tickets (guild_id, created_at)`.execute(db);
  await sql`create index support_tickets_closed on support_tickets (guild_id, closed_at) where closed_at is not null`.execute(
    db,
  );
  await sql`create index support_tickets_category on support_tickets (guild_id, category_id, status, last_activity_at, id)`.execute(
    db,
  );
  await sql`create index support_tickets_user on support_tickets (user_id, guild_id)`.execute(db);
  await sql`create index support_tickets_claimed_by on support_tickets (claimed_by, guild_id, status, last_activity_at, id)`.execute(
    db,
  );
  await sql`create index support_tickets_closed_by on support_tickets (closed_by)`.execute(db);
  await sql`create index support_tickets_archived_by on support_tickets (archived_by)`.execute(db);
  await sql`create index support_tickets_sync on support_tickets (sync_due_at) where sync_due_at is not null`.execute(
    db,
  );
  await sql`create index support_tickets_idle on support_tickets (idle_due_at) where idle_due_at is not null`.execute(
    db,
  );
  await sql`create index support_tickets_retention on support_tickets (closed_at) where closed_at is not null`.execute(
    db,
  );

  await sql`
    create table ticket_members (
      guild_id   bigint not null,
      ticket_id  integer not null,
      user_id    bigint not null,
      added_by   bigint not null,
      added_at   timestamptz not null,
      primary key (ticket_id, user_id),
      foreign key (guild_id, ticket_id) references support_tickets (guild_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table ticket_members is 'Who was let into a ticket beside its opener and staff'`.execute(
    db,
  );
  await sql`create index ticket_members_ticket on ticket_members (guild_id, ticket_id)`.execute(db);
  await sql`create index ticket_members_user on ticket_members (user_id)`.execute(db);
  await sql`create index ticket_members_added_by on ticket_members (added_by)`.execute(db);

  await sql`
    create table ticket_events (
      id           bigint generated always as identity primary key,
      guild_id     bigint not null,
      ticket_id    integer not null,
      kind         text not null
                   check (kind in ('opened', 'claimed', 'released', 'transferred', 'waiting', 'answered', 'escalated', 'closed',
                                   'reopened', 'archived', 'moved', 'member_added', 'member_removed', 'close_requested',
                                   'warned', 'kept', 'rated')),
      actor_id     bigint,
      from_status  text,
      to_status    text,
      member_id    bigint,
      category_id  integer,
      reason       text,
      at           timestamptz not null,
      foreign key (guild_id, ticket_id) references support_tickets (guild_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table ticket_events is 'What happened to each ticket, written with the change itself; only ever added to'`.execute(
    db,
  );
  await sql`comment on column ticket_events.actor_id is 'Null: the bot by itself'`.execute(db);
  await sql`comment on column ticket_events.member_id is 'Who was added, removed or given the ticket'`.execute(
    db,
  );
  await sql`create index ticket_events_ticket on ticket_events (guild_id, ticket_id, id)`.execute(db);
  await sql`create index ticket_events_reopened on ticket_events (guild_id, ticket_id) where kind = 'reopened'`.execute(
    db,
  );
  await sql`create index ticket_events_actor on ticket_events (actor_id)`.execute(db);
  await sql`create index ticket_events_member on ticket_events (member_id)`.execute(db);

  await sql`
    create table ticket_duties (
      id            bigint generated always as identity primary key,
      guild_id      bigint not null,
      ticket_id     integer not null,
      event_id      bigint references ticket_events (id) on delete cascade,
      kind          text not null
                    check (kind in ('say', 'log', 'tell', 'rename', 'record', 'summary', 'transcript', 'delete')),
      nonce         text not null,
      position      text,
      due_at        timestamptz not null,
      leased_until  timestamptz,
      attempts      integer not null default 0,
      last_error    text,
      created_at    timestamptz not null,
      foreign key (guild_id, ticket_id) references support_tickets (guild_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table ticket_duties is 'What the bot still has to do because of what happened to a ticket'`.execute(
    db,
  );
  await sql`comment on column ticket_duties.kind is 'say: in the ticket; log: in the log channel; tell: the opener by direct message; record: read the whole channel; transcript: hand it out'`.execute(
    db,
  );
  await sql`comment on column ticket_duties.position is 'How far a long one came'`.execute(db);
  await sql`create index ticket_duties_due on ticket_duties (due_at)`.execute(db);
  await sql`create index ticket_duties_ticket on ticket_duties (guild_id, ticket_id, id)`.execute(db);
  await sql`create index ticket_duties_event on ticket_duties (event_id)`.execute(db);

  await sql`
    create table ticket_messages (
      message_id   bigint primary key,
      guild_id     bigint not null,
      ticket_id    integer not null,
      author_id    bigint not null,
      author_name  text not null,
      is_bot       boolean not null,
      is_staff     boolean not null,
      content      text not null,
      embeds       jsonb not null default '[]',
      stickers     jsonb not null default '[]',
      reply_to_id  bigint,
      earlier      jsonb not null default '[]',
      sent_at      timestamptz not null,
      edited_at    timestamptz,
      deleted_at   timestamptz,
      foreign key (guild_id, ticket_id) references support_tickets (guild_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table ticket_messages is 'What was said in tickets, from which transcripts are made'`.execute(
    db,
  );
  await sql`comment on column ticket_messages.earlier is 'What it said before it was edited: list of content, until'`.execute(
    db,
  );
  await sql`create index ticket_messages_ticket on ticket_messages (guild_id, ticket_id, message_id)`.execute(
    db,
  );
  await sql`create index ticket_messages_author on ticket_messages (author_id)`.execute(db);

  await sql`
    create table ticket_files (
      id             bigint generated always as identity primary key,
      guild_id       bigint not null,
      ticket_id      integer not null,
      message_id     bigint,
      attachment_id  bigint not null,
      user_id        bigint not null,
      name           text not null,
      content_type   text,
      bytes          bigint not null,
      url            text not null,
      sha256         text check (sha256 ~ '^[0-9a-f]{64}$'),
      state          text not null default 'due'
                     check (state in ('due', 'stored', 'too_large', 'wrong_type', 'over_quota', 'gone')),
      due_at         timestamptz,
      leased_until   timestamptz,
      attempts       integer not null default 0,
      created_at     timestamptz not null,
      unique (ticket_id, attachment_id),
      constraint ticket_files_stored check ((sha256 is not null) = (state = 'stored')),
      constraint ticket_files_due check ((due_at is not null) = (state = 'due')),
      foreign key (guild_id, ticket_id) references support_tickets (guild_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table ticket_files is 'Attachments of tickets; their bytes lie in the data directory under their hash'`.execute(
    db,
  );
  await sql`comment on column ticket_files.message_id is 'Null: given with the form'`.execute(db);
  await sql`create index ticket_files_ticket on ticket_files (guild_id, ticket_id)`.execute(db);
  await sql`create index ticket_files_user on ticket_files (user_id)`.execute(db);
  await sql`create index ticket_files_hash on ticket_files (sha256) where sha256 is not null`.execute(db);
  await sql`create index ticket_files_due_at on ticket_files (due_at) where due_at is not null`.execute(db);

  await sql`
    create table ticket_summaries (
      id              integer generated always as identity primary key,
      guild_id        bigint not null,
      ticket_id       integer not null,
      user_id         bigint not null,
      summary         text not null,
      source          text not null check (source in ('plain', 'ai')),
      answered_by     bigint,
      answer          text,
      similarity_key  text,
      terms           text[] not null default '{}',
      created_at      timestamptz not null default now(),
      unique (guild_id, ticket_id),
      foreign key (guild_id, ticket_id) references support_tickets (guild_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on column ticket_summaries.user_id is 'Who opened the ticket: it tells what they said'`.execute(
    db,
  );
  await sql`comment on column ticket_summaries.answer is 'The last that staff said'`.execute(db);
  await sql`comment on column ticket_summaries.terms is 'Stems of what the ticket was about, for finding others like it'`.execute(
    db,
  );
  await sql`create index ticket_summaries_user on ticket_summaries (user_id)`.execute(db);
  await sql`create index ticket_summaries_answered_by on ticket_summaries (answered_by)`.execute(db);
  await sql`create index ticket_summaries_created on ticket_summaries (guild_id, created_at)`.execute(db);

  await sql`
    create table ticket_metrics (
      id                  bigint generated always as identity primary key,
      guild_id            bigint not null,
      snapshot            jsonb not null,
      scope               text not null check (scope in ('7d', '30d', 'all')),
      counts              jsonb not null,
      average_cycle_time  bigint,
      topics              jsonb,
      triggered_by        bigint,
      created_at          timestamptz not null default now()
    )`.execute(db);
  await sql`comment on column ticket_metrics.average_cycle_time is 'Seconds from opening to closing'`.execute(
    db,
  );
  await sql`comment on column ticket_metrics.triggered_by is 'Null: a ticket was closed'`.execute(db);
  await sql`create index ticket_metrics_guild on ticket_metrics (guild_id, created_at)`.execute(db);
  await sql`create index ticket_metrics_retention on ticket_metrics (created_at)`.execute(db);
  await sql`create index ticket_metrics_triggered_by on ticket_metrics (triggered_by)`.execute(db);

  await sql`
    create table ticket_ratings (
      guild_id   bigint not null,
      ticket_id  integer primary key,
      user_id    bigint not null,
      staff_id   bigint,
      rating     integer not null check (rating between 1 and 5),
      comment    text check (char_length(comment) <= 1000),
      rated_at   timestamptz not null,
      foreign key (guild_id, ticket_id) references support_tickets (guild_id, id) on delete cascade
    )`.execute(db);
  await sql`create index ticket_ratings_ticket on ticket_ratings (guild_id, ticket_id)`.execute(db);
  await sql`create index ticket_ratings_user on ticket_ratings (user_id)`.execute(db);
  await sql`create index ticket_ratings_staff on ticket_ratings (staff_id)`.execute(db);

  await sql`
    create table ticket_blacklist (
      guild_id    bigint not null,
      user_id     bigint not null,
      reason      text check (char_length(reason) <= 1000),
      added_by    bigint not null,
      added_at    timestamptz not null,
      expires_at  timestamptz,
      primary key (guild_id, user_id)
    )`.execute(db);
  await sql`comment on table ticket_blacklist is 'Who may open no tickets'`.execute(db);
  await sql`create index ticket_blacklist_user on ticket_blacklist (user_id)`.execute(db);
  await sql`create index ticket_blacklist_added_by on ticket_blacklist (added_by)`.execute(db);
  await sql`create index ticket_blacklist_expires on ticket_blacklist (expires_at) where expires_at is not null`.execute(
    db,
  );

  await sql`
    create table ticket_panels (
      id              integer generated always as identity primary key,
      guild_id        bigint not null,
      message_id      bigint unique,
      channel_id      bigint not null,
      style           text not null check (style in ('buttons', 'select')),
      title           text not null check (char_length(title) between 1 and 100),
      text            text not null check (char_length(text) <= 2000),
      posted_at       timestamptz not null,
      refresh_due_at  timestamptz
    )`.execute(db);
  await sql`comment on table ticket_panels is 'Messages from which members open tickets'`.execute(db);
  await sql`comment on column ticket_panels.message_id is 'Null until it is posted'`.execute(db);
  await sql`comment on column ticket_panels.refresh_due_at is 'When it is posted, or made to look like the categories; null: it does'`.execute(
    db,
  );
  await sql`create index ticket_panels_guild on ticket_panels (guild_id)`.execute(db);
  await sql`create index ticket_panels_refresh on ticket_panels (refresh_due_at) where refresh_due_at is not null`.execute(
    db,
  );

  await sql`
    create table faq_entries (
      id              integer generated always as identity primary key,
      guild_id        bigint not null,
      title           text not null check (char_length(title) between 1 and 100),
      summary         text not null check (char_length(summary) between 1 and 4000),
      keywords        text[] not null default '{}',
      similarity_key  text,
      created_by      bigint not null,
      created_at      timestamptz not null default now(),
      updated_at      timestamptz not null default now()
    )`.execute(db);
  await sql`create index faq_entries_guild on faq_entries (guild_id, id)`.execute(db);
  await sql`create index faq_entries_created_by on faq_entries (created_by)`.execute(db);

  await sql`
    create table ticket_topics (
      id            integer generated always as identity primary key,
      guild_id      bigint not null,
      ticket_ids    integer[] not null,
      nonce         text not null,
      due_at        timestamptz,
      leased_until  timestamptz,
      attempts      integer not null default 0,
      faq_entry_id  integer references faq_entries (id) on delete set null,
      decided_by    bigint,
      decided_at    timestamptz,
      created_at    timestamptz not null
    )`.execute(db);
  await sql`comment on table ticket_topics is 'Tickets about the same thing, proposed as an entry of the FAQ'`.execute(
    db,
  );
  await sql`comment on column ticket_topics.due_at is 'When it is posted; null: it was'`.execute(db);
  await sql`create index ticket_topics_guild on ticket_topics (guild_id, created_at)`.execute(db);
  await sql`create index ticket_topics_due on ticket_topics (due_at) where due_at is not null`.execute(db);
  await sql`create index ticket_topics_entry on ticket_topics (faq_entry_id)`.execute(db);
  await sql`create index ticket_topics_decided_by on ticket_topics (decided_by)`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table ticket_topics`.execute(db);
  await sql`drop table faq_entries`.execute(db);
  await sql`drop table ticket_panels`.execute(db);
  await sql`drop table ticket_blacklist`.execute(db);
  await sql`drop table ticket_ratings`.execute(db);
  await sql`drop table ticket_metrics`.execute(db);
  await sql`drop table ticket_summaries`.execute(db);
  await sql`drop table ticket_files`.execute(db);
  await sql`drop table ticket_messages`.execute(db);
  await sql`drop table ticket_duties`.execute(db);
  await sql`drop table ticket_events`.execute(db);
  await sql`drop table ticket_members`.execute(db);
  await sql`drop table support_tickets`.execute(db);
  await sql`drop table ticket_categories`.execute(db);
}
