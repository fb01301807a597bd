import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { DB } from '../../../db/types.ts';
import { erasePerson } from '../../../src/lib/privacy/erase.ts';
import { collectPersonalData } from '../../../src/lib/privacy/export.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf, percentile } from '../statistics.ts';

const GUILD = '1000';
const MEMBER = '1';
/** Rows of the member in each of the large tables. */
const OWN = 10;

/** What a member's export and erasure take, beside what others have in the same guild. */
export const privacy: Measurement = {
  name: 'privacy',
  async run({ server, isQuick }) {
    const rows: Row[] = [];
    const times = isQuick ? 10 : 50;
    const measured: { exporting: number[]; erasing: number[] }[] = [];
    for (const others of [0, isQuick ? 10_000 : 100_000]) {
      const pool = new Pool({ connectionString: await server.createDatabase(true), max: 1 });
      const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
      await writeRows(db, others);
      const exporting: number[] = [];
      const erasing: number[] = [];
      for (let series = 0; series < 3; series += 1) {
        exporting.push(await medianOf(times, () => collectPersonalData(db, MEMBER)));
        erasing.push(await medianOf(times, () => eraseAndUndo(db)));
      }
      measured.push({ exporting, erasing });
      await db.destroy();
      if (others === 0) continue;
      const [bare] = measured;
      const beside = (what: keyof NonNullable<typeof bare>) =>
        bare === undefined ? null : { what: 'with nobody else there', figure: figureOf(bare[what]) };
      const count = others.toLocaleString('en-US');
      rows.push(
        {
          what: `a member's export, ${count} reminders and as much onboarding of others in the guild`,
          unit: 'ms',
          figure: figureOf(exporting),
          bare: beside('exporting'),
        },
        {
          what: `a member's erasure, ${count} reminders and as much onboarding of others in the guild`,
          unit: 'ms',
          figure: figureOf(erasing),
          bare: beside('erasing'),
        },
      );
    }
    return rows;
  },
};

/** The same each time: what was erased is there again. */
async function eraseAndUndo(db: Kysely<DB>): Promise<void> {
  const trx = await db.startTransaction().execute();
  await erasePerson(trx, MEMBER, GUILD);
  await trx.rollback().execute();
}

async function medianOf(times: number, act: () => Promise<unknown>): Promise<number> {
  for (let warm = 0; warm < 3; warm += 1) await act();
  const samples: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const begun = performance.now();
    await act();
    samples.push(performance.now() - begun);
  }
  return percentile(samples, 0.5);
}

/** Rows of so many others, one each, and some of the member, in every table that grows with members. */
async function writeRows(db: Kysely<DB>, others: number): Promise<void> {
  await sql`
    insert into onboarding_versions (guild_id, version, content, rules_hash, published_by, published_at)
    values (${GUILD}, 1, '{}', 'hash', 2, now())`.execute(db);
  await sql`
    create temporary table people as
    select 1000 + n as id from generate_series(1, ${others}::int) as n
    union all select ${MEMBER}::bigint from generate_series(1, ${OWN}::int)`.execute(db);
  await sql`
    with made as (
      insert into reminders (guild_id, name, channel_id, time, call_time, days, message, created_by, offset_minutes)
      select ${GUILD}, 'Reminder', id, '12:00', '12:00', '{1}', 'As it would be', id, 0 from people returning id, guild_id, created_by
    )
    insert into reminder_occurrences
      (reminder_id, guild_id, kind, due_at, event_at, offset_minutes, next_attempt_at, nonce, state, settled_at, done_by, done_at)
    select id, guild_id, 'event', now(), now(), 0, now(), 'nonce', 'sent', now(), created_by, now() from made`.execute(
    db,
  );
  await sql`
    insert into onboarding (guild_id, user_id, responses, version, timestamp)
    select distinct ${GUILD}::bigint, id, '{"1": "An answer"}'::jsonb, 1, now() from people`.execute(db);
  await sql`
    insert into onboarding_sessions (guild_id, user_id, version, mode, started_at, updated_at, finished_at)
    select ${GUILD}, id, 1, 'rules_only', now(), now(), now() from people`.execute(db);
  await sql`
    insert into rule_acceptances (guild_id, user_id, version, rules_hash, locale, accepted_at)
    select ${GUILD}, id, 1, 'hash', 'nl', now() from people`.execute(db);
  await sql`
    insert into settings_history (guild_id, scope, key, value_type, changed_by, change_type)
    select ${GUILD}, 'system', 'language', 'choice', id, 'updated' from people`.execute(db);
  await sql`
    insert into announcements (guild_id, message_id, channel_id, author_id, state, posted_at, read_at)
    select ${GUILD}, row_number() over (), 1, id, 'silent', now(), now() from people`.execute(db);
  await sql`vacuum analyze`.execute(db);
}
