import { sql } from 'kysely';
import type { Database } from '../../src/lib/database/database.ts';

/** Writes one-off reminders whose only message is due at an instant, spread over channels. */
export async function writeDue(
  db: Database,
  guildId: string,
  channelIds: readonly string[],
  count: number,
  due: Date,
): Promise<void> {
  await sql`
    with made as (
      insert into reminders (guild_id, name, channel_id, time, call_time, days, message, created_by, event_time, offset_minutes)
      select ${guildId}::bigint, 'Reminder ' || n, (${sql.val(channelIds)}::bigint[])[1 + n % ${channelIds.length}::int],
        '12:00', '12:00', '{}', 'As it would be', 1, ${due}::timestamptz, 0
      from generate_series(1, ${count}::int) as n
      returning id, guild_id
    )
    insert into reminder_occurrences (reminder_id, guild_id, kind, due_at, event_at, offset_minutes, next_attempt_at, nonce)
    select id, guild_id, 'event', ${due}::timestamptz, ${due}::timestamptz, 0, ${due}::timestamptz,
      left(replace(gen_random_uuid()::text, '-', ''), 25)
    from made`.execute(db);
}

/** As many rows as one statement writes within the time that the bot's connections give it. */
const BATCH = 100_000;

/** Calls `write` with the first and the last number of one batch after the other, from 1 to `count`. */
export async function inBatches(
  count: number,
  write: (first: number, last: number) => Promise<unknown>,
): Promise<void> {
  for (let first = 1; first <= count; first += BATCH) await write(first, Math.min(first + BATCH - 1, count));
}

/** Writes weekly reminders, each with a message that is due in the coming weeks and one that was sent. */
export async function writeWaiting(db: Database, count: number): Promise<void> {
  await inBatches(count, (first, last) =>
    sql`
    with made as (
      insert into reminders (guild_id, name, channel_id, time, call_time, days, message, created_by, offset_minutes)
      select 1000 + n % 1000, 'Reminder ' || n, n, '12:00', '12:00', '{1}', 'As it would be', 1, 0
      from generate_series(${first}::int, ${last}::int) as n
      returning id, guild_id
    ),
    moments as (
      select id, guild_id, now() + interval '1 hour' + random() * interval '60 days' as ahead from made
    )
    insert into reminder_occurrences
      (reminder_id, guild_id, kind, due_at, event_at, offset_minutes, next_attempt_at, nonce, state, settled_at)
    select id, guild_id, 'event', at, at, 0, at, left(replace(gen_random_uuid()::text, '-', ''), 25), state, settled
    from moments,
      lateral (values (ahead, 'pending', null), (ahead - interval '90 days', 'sent', now())) as row(at, state, settled)`.execute(
      db,
    ),
  );
  await sql`vacuum analyze reminders, reminder_occurrences`.execute(db);
}
