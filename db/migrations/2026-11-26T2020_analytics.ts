import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table audit_logs (
      id             bigint generated always as identity primary key,
      guild_id       bigint not null,
      user_id        bigint not null,
      command_name   text not null,
      command_type   text not null
        check (command_type in ('slash', 'text', 'context-menu', 'button', 'select', 'modal')),
      success        boolean not null,
      failure        text,
      error_message  text,
      duration_ms    integer not null check (duration_ms >= 0),
      correlation_id text not null unique,
      created_at     timestamptz not null,
      check (success = (failure is null))
    )`.execute(db);
  await sql`comment on table audit_logs is 'What people used: commands, buttons, lists and forms, and whether it went well'`.execute(
    db,
  );
  await sql`comment on column audit_logs.guild_id is '0: a direct message'`.execute(db);
  await sql`comment on column audit_logs.command_name is 'With its group and subcommand; of a component the feature and what it does, never an id'`.execute(
    db,
  );
  await sql`comment on column audit_logs.failure is 'Its class: user, denied, database, discord, discord-permission, unknown'`.execute(
    db,
  );
  await sql`comment on column audit_logs.error_message is 'The key of the sentence that a refusal was; never what anybody wrote'`.execute(
    db,
  );
  await sql`comment on column audit_logs.correlation_id is 'Under which the log has the rest; one for each interaction'`.execute(
    db,
  );
  // Counts and top commands read these alone, so that they stay as fast as the time they span, not as the table.
  await sql`create index audit_logs_guild on audit_logs (guild_id, created_at) include (command_name, command_type)`.execute(
    db,
  );
  await sql`create index audit_logs_at on audit_logs (created_at) include (command_name, command_type)`.execute(
    db,
  );
  await sql`create index audit_logs_user on audit_logs (user_id)`.execute(db);

  await sql`
    create table health_check_history (
      id                  bigint generated always as identity primary key,
      service             text not null,
      version             text not null,
      uptime_seconds      integer not null,
      db_status           text not null,
      guild_count         integer,
      active_commands_24h integer,
      gpt_status          text,
      database_pool_size  integer,
      checked_at          timestamptz not null
    )`.execute(db);
  await sql`comment on table health_check_history is 'How the bot was, every five minutes'`.execute(db);
  await sql`create index health_check_history_at on health_check_history (checked_at desc, id desc)`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table audit_logs, health_check_history`.execute(db);
}
