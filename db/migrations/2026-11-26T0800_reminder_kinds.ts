import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    alter table reminders
      add column rrule text constraint reminders_rrule_check check (char_length(rrule) between 1 and 200),
      add column recurs_from date,
      add column recurs_until date,
      add column pre_alerts integer[] not null default '{}'
        constraint reminders_pre_alerts_check check (
          cardinality(pre_alerts) <= 5 and array_position(pre_alerts, null) is null
          and 1 <= all (pre_alerts) and 10080 >= all (pre_alerts)
        ),
      add column recipient_id bigint,
      add column paused_at timestamptz,
      add column source text not null default 'command'
        constraint reminders_source_check check (source in ('command', 'announcement', 'snooze')),
      drop constraint reminders_one_off_or_recurring,
      add constraint reminders_one_kind check (
        (event_time is not null)::integer + (cardinality(days) > 0)::integer + (rrule is not null)::integer = 1
      ),
      add constraint reminders_recurrence_dates check (
        (rrule is null or recurs_from is not null)
        and (event_time is null or (recurs_from is null and recurs_until is null))
        and (recurs_from is null or recurs_until is null or recurs_from <= recurs_until)
      )`.execute(db);
  await sql`comment on column reminders.days is 'Event days, 0 = Monday … 6 = Sunday; empty: happens once, at event_time, or by its rrule'`.execute(
    db,
  );
  await sql`comment on column reminders.rrule is 'What days cannot say: a rule of RFC 5545 without DTSTART and UNTIL'`.execute(
    db,
  );
  await sql`comment on column reminders.recurs_from is 'The first date it may happen on, from which the intervals of rrule count'`.execute(
    db,
  );
  await sql`comment on column reminders.recurs_until is 'The last date it may happen on; null: for ever'`.execute(
    db,
  );
  await sql`comment on column reminders.pre_alerts is 'Minutes before the event of further announcements, beside offset_minutes'`.execute(
    db,
  );
  await sql`comment on column reminders.recipient_id is 'The member whom it goes to by direct message; null: it goes to channel_id'`.execute(
    db,
  );
  await sql`comment on column reminders.paused_at is 'Since when nothing of it is sent'`.execute(db);
  await sql`comment on column reminders.origin_message_id is 'The message that it was made from'`.execute(db);
  await sql`update reminders set source = 'announcement' where origin_message_id is not null`.execute(db);
  await sql`drop index reminders_origin`.execute(db);
  await sql`create unique index reminders_origin on reminders (guild_id, origin_message_id) where source = 'announcement'`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  // What the older version cannot say; without its recipient a private reminder would be read by everyone.
  await sql`delete from reminders where rrule is not null or recipient_id is not null`.execute(db);
  await sql`update reminders set origin_channel_id = null, origin_message_id = null where source <> 'announcement'`.execute(
    db,
  );
  await sql`drop index reminders_origin`.execute(db);
  await sql`
    alter table reminders
      drop constraint reminders_recurrence_dates,
      drop constraint reminders_one_kind,
      add constraint reminders_one_off_or_recurring check ((event_time is null) = (cardinality(days) > 0)),
      drop column rrule,
      drop column recurs_from,
      drop column recurs_until,
      drop column pre_alerts,
      drop column recipient_id,
      drop column paused_at,
      drop column source`.execute(db);
  await sql`create unique index reminders_origin on reminders (guild_id, origin_message_id) where origin_message_id is not null`.execute(
    db,
  );
  await sql`comment on column reminders.days is 'Event days, 0 = Monday … 6 = Sunday; empty: happens once, at event_time'`.execute(
    db,
  );
  await sql`comment on column reminders.origin_message_id is 'The announcement that it was made from'`.execute(
    db,
  );
}
