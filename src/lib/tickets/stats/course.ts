import { sql, type RawBuilder } from 'kysely';
import type { Database } from '#lib/database/database';
import { beginnings } from '#lib/time/beginnings';
import type { StatsScope } from './figures.ts';

/** A stretch of time of which is counted what was opened and closed in it. */
export interface Stretch {
  readonly begins: Date;
  readonly opened: number;
  readonly closed: number;
}

interface Division {
  readonly unit: 'day' | 'week';
  readonly count: number;
}

const DIVISIONS: Readonly<Record<StatsScope, Division>> = {
  '7d': { unit: 'day', count: 7 },
  '30d': { unit: 'day', count: 30 },
  all: { unit: 'week', count: 12 },
};

/** Into what the picture of a scope is divided. */
export function divisionOf(scope: StatsScope): Division {
  return DIVISIONS[scope];
}

/** How many tickets were opened and closed in each of the last days or weeks, oldest first. */
export async function readCourse(
  db: Database,
  guildId: string,
  scope: StatsScope,
  { now, zone }: { readonly now: Date; readonly zone: string },
): Promise<Stretch[]> {
  const begins = beginnings(divisionOf(scope), now, zone);
  const count = async (column: RawBuilder<unknown>): Promise<Map<number, number>> => {
    const { rows } = await sql<{ place: number; count: string }>`
      select width_bucket(${column}, ${begins}::timestamptz[]) as place, count(*) as count
      from support_tickets
      where guild_id = ${guildId} and ${column} >= ${begins[0]} and ${column} <= ${now}
      group by place`.execute(db);
    return new Map(rows.map((row) => [row.place, Number(row.count)]));
  };
  const opened = await count(sql`created_at`);
  const closed = await count(sql`closed_at`);
  return begins.map((at, index) => ({
    begins: at,
    opened: opened.get(index + 1) ?? 0,
    closed: closed.get(index + 1) ?? 0,
  }));
}
