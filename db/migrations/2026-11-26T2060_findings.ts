import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table guild_findings (
      guild_id bigint not null,
      finding  text not null,
      found_at timestamptz not null,
      told_at  timestamptz,
      primary key (guild_id, finding)
    )`.execute(db);
  await sql`comment on table guild_findings is 'What the doctor found wrong in a guild and told it; gone when it is mended'`.execute(
    db,
  );
  await sql`comment on column guild_findings.finding is 'Its id: the check, and the setting, channel, role or permission'`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table guild_findings`.execute(db);
}
