import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table member_rounds (
      only_one boolean primary key default true check (only_one),
      began_at timestamptz not null,
      place    bigint
    )`.execute(db);
  await sql`comment on table member_rounds is 'Where the bot is in asking Discord who of those it holds something of is a member still'`.execute(
    db,
  );
  await sql`comment on column member_rounds.place is 'The sum of the ids of the last one asked about and the next, which names neither; null when the round is over'`.execute(
    db,
  );
  // What was written here named whoever pressed the button; done_by says it, and forgets it with them.
  await sql`update reminder_occurrences set last_error = 'done' where state = 'missed' and last_error like 'done by %'`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table member_rounds`.execute(db);
}
