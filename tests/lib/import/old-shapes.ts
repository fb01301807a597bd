/**
 * Old databases, table by table as the three kinds of them were made: by the first migration, by the parts of the bot themselves when they
 * started first, and by version 3.14 on top of the first.
 */

const SETTINGS = `
  create table bot_settings (
    guild_id bigint not null, scope text not null, key text not null, value jsonb not null, value_type text,
    updated_by bigint, updated_at timestamptz default now(), primary key (guild_id, scope, key));
  create table settings_history (
    id serial primary key, guild_id bigint not null, scope text not null, key text not null, old_value jsonb, new_value jsonb not null,
    value_type text, changed_by bigint, changed_at timestamptz default now(), change_type text not null);`;

const REMINDERS = `
  create table reminders (
    id serial primary key, guild_id bigint not null, name text not null, channel_id bigint not null, time time, call_time time, days text[],
    message text, created_by bigint, origin_channel_id bigint, origin_message_id bigint, event_time timestamptz, location text,
    last_sent_at timestamptz);`;

const ONBOARDING_CONTENT = `
  create table guild_onboarding_questions (
    id serial primary key, guild_id bigint not null, step_order int not null, question text not null,
    question_type text not null default 'select', options jsonb, followup jsonb, required boolean default true, enabled boolean default true,
    created_at timestamp default now(), updated_at timestamp default now(), unique (guild_id, step_order));
  create table guild_rules (
    id serial primary key, guild_id bigint not null, rule_order int not null, title text not null, description text not null,
    enabled boolean default true, created_at timestamp default now(), updated_at timestamp default now(), unique (guild_id, rule_order));`;

const TICKETS = `
  create table support_tickets (
    id serial primary key, guild_id bigint not null, user_id bigint not null, username text, description text not null,
    status text default 'open', created_at timestamptz default now(), channel_id bigint, claimed_by bigint, claimed_at timestamptz,
    updated_at timestamptz default now(), escalated_to bigint);`;

const AUDIT = `
  create table audit_logs (
    id serial primary key, guild_id bigint not null, user_id bigint not null, command_name text not null, command_type text not null,
    success boolean default true, error_message text, created_at timestamptz default now());
  create table health_check_history (
    id serial primary key, service text not null, version text not null, uptime_seconds int not null, db_status text not null,
    guild_count int, active_commands_24h int, gpt_status text, database_pool_size int, checked_at timestamptz default now());`;

/** What only the parts of the bot made. */
const MADE_BY_COGS = `
  alter table support_tickets add column archived_at timestamptz, add column archived_by bigint;
  create table ticket_summaries (
    id serial primary key, ticket_id int not null, summary text not null, similarity_key text, created_at timestamptz default now());
  create table ticket_metrics (
    id bigserial primary key, snapshot jsonb not null, created_at timestamptz default now(), scope text, counts jsonb,
    average_cycle_time bigint, triggered_by bigint, topics jsonb);
  create table gdpr_acceptance (user_id bigint primary key, accepted int default 0, timestamp timestamp default now());`;

const COG_FAQ = `
  create table faq_entries (
    id serial primary key, similarity_key text, summary text not null, created_by bigint, created_at timestamptz default now(),
    title text, keywords text[]);
  create table faq_search_logs (
    id serial primary key, query text not null, match_count int not null, created_at timestamptz default now());`;

const MIGRATED_FAQ = `
  create table faq_entries (id serial primary key, title text, summary text, keywords text[], created_at timestamptz default now());
  create table faq_search_logs (
    id serial primary key, user_id bigint, query text, results_count int, searched_at timestamptz default now());`;

/** As the first migration made it. */
export const BY_MIGRATION = `
  ${SETTINGS} ${REMINDERS} ${ONBOARDING_CONTENT} ${TICKETS} ${AUDIT} ${MIGRATED_FAQ}
  create table onboarding (
    guild_id bigint not null, user_id bigint not null, responses jsonb, timestamp timestamp default now(), primary key (guild_id, user_id));`;

/** As the parts of the bot made it, each its own tables; the onboarding of two of them has no server. */
export const BY_COGS = `
  ${SETTINGS} ${REMINDERS} ${ONBOARDING_CONTENT} ${TICKETS} ${MADE_BY_COGS} ${COG_FAQ} ${AUDIT}
  create table onboarding (id serial primary key, user_id bigint unique, responses jsonb, timestamp timestamp default now());
  create table invite_tracker (user_id bigint primary key, invite_count int default 0);`;

/** As version 3.14 left it. */
export const BY_3_14 = `
  ${BY_MIGRATION} ${MADE_BY_COGS}
  alter table guild_rules add column thumbnail_url text, add column image_url text;
  alter table reminders add column image_url text, add column sent_message_id bigint, add column completed boolean default false;
  alter table gdpr_acceptance add column guild_id bigint;
  create table invite_tracker (guild_id bigint not null, user_id bigint not null, invite_count int default 0, primary key (guild_id, user_id));
  create table terms_acceptance (id serial primary key, user_id bigint unique, accepted_at timestamptz, version text);
  create table automod_rules (id serial primary key, guild_id bigint, rule_type text, name text, enabled boolean, config jsonb);
  create table custom_commands (id serial primary key, guild_id bigint not null, name text not null, response text);
  create table engagement_badges (id serial primary key, guild_id bigint not null, user_id bigint);
  create table alembic_version (version_num text primary key);`;
