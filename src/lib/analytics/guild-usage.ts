import { sql } from 'kysely';
import type { Database } from '#lib/database/database';
import { beginnings } from '#lib/time/beginnings';
import type { AnalyticsDeps } from './deps.ts';
import { readUsage, type CommandUsage } from './usage.ts';

export interface DayOfUses {
  readonly begins: Date;
  readonly uses: number;
  readonly failures: number;
}

/** What a guild used on some days of its calendar: the days add up to the whole. */
export interface GuildUsage extends CommandUsage {
  /** How many different people; those whose data was erased are not among them. */
  readonly people: number;
  /** Oldest first, up to today. */
  readonly course: readonly DayOfUses[];
}

export interface GuildUsageQuestion {
  readonly guildId: string;
  /** Of the guild's calendar, today the last of them; 1–90. */
  readonly days: number;
  /** IANA name. */
  readonly zone: string;
  /** How many are named. */
  readonly limit: number;
}

/** Commands, buttons, menus and windows that a guild used; at most 30 seconds old. @throws what the database throws. */
export function guildUsage(
  { db, clock, guildUsages }: Pick<AnalyticsDeps, 'db' | 'clock' | 'guildUsages'>,
  { guildId, days, zone, limit }: GuildUsageQuestion,
): Promise<GuildUsage> {
  return guildUsages.get(`${guildId}:${days}:${zone}:${limit}`, async () => {
    const until = clock.now();
    const begins = beginnings({ unit: 'day', count: days }, until, zone);
    const since = begins[0] ?? until;
    const [usage, people, course] = await Promise.all([
      readUsage(db, { guildId, things: 'all', limit, since, until }),
      countPeople(db, guildId, since, until),
      readCourse(db, guildId, begins, until),
    ]);
    return { ...usage, people, course };
  });
}

async function countPeople(db: Database, guildId: string, since: Date, until: Date): Promise<number> {
  const { people } = await db
    .selectFrom('audit_logs')
    .select(sql<number>`count(distinct user_id)::integer`.as('people'))
    .where('guild_id', '=', guildId)
    .where('created_at', '>=', since)
    .where('created_at', '<=', until)
    .executeTakeFirstOrThrow();
  return people;
}

async function readCourse(
  db: Database,
  guildId: string,
  begins: readonly Date[],
  until: Date,
): Promise<DayOfUses[]> {
  const { rows } = await sql<{ place: number; uses: number; failures: number }>`
    select width_bucket(created_at, ${begins}::timestamptz[]) as place,
      count(*)::integer as uses, count(failure)::integer as failures
    from audit_logs
    where guild_id = ${guildId} and created_at >= ${begins[0]} and created_at <= ${until}
    group by place`.execute(db);
  const places = new Map(rows.map((row) => [row.place, row]));
  return begins.map((at, index) => {
    const { uses = 0, failures = 0 } = places.get(index + 1) ?? {};
    return { begins: at, uses, failures };
  });
}
