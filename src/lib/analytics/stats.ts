import { sql } from 'kysely';
import type { Database } from '#lib/database/database';
import type { Clock } from '#lib/time/clock';
import type { Remembered } from './remembered.ts';

const DAY_MS = 24 * 60 * 60_000;
export const DAYS = { min: 1, max: 90, default: 7 } as const;
export const TOP = { min: 1, max: 50, default: 10 } as const;

export interface CommandCount {
  readonly name: string;
  readonly count: number;
}

export interface CommandCounts {
  /** The most used first. Components are not commands. */
  readonly top: readonly CommandCount[];
  /** Of commands within the last 24 hours. */
  readonly usedIn24h: number;
}

interface Asked {
  /** Null: everywhere. */
  readonly guildId: string | null;
  readonly days: number;
  readonly limit: number;
}

/** Which commands are used most, remembered for 30 seconds. */
export function commandCounts(
  deps: { readonly db: Database; readonly clock: Clock; readonly stats: Remembered<CommandCounts> },
  { guildId, days, limit }: Asked,
): Promise<CommandCounts> {
  const { db, clock, stats } = deps;
  return stats.get(`${guildId ?? 'all'}:${days}:${limit}`, async () => {
    const [top, usedIn24h] = await Promise.all([
      topCommands(db, { guildId, since: new Date(clock.now().getTime() - days * DAY_MS), limit }),
      countCommands(db, guildId, new Date(clock.now().getTime() - DAY_MS)),
    ]);
    return { top, usedIn24h };
  });
}

const ARE_COMMANDS = sql<boolean>`command_type in ('slash', 'text', 'context-menu')`;

async function topCommands(
  db: Database,
  { guildId, since, limit }: { guildId: string | null; since: Date; limit: number },
): Promise<CommandCount[]> {
  const rows = await db
    .selectFrom('audit_logs')
    .select(['command_name as name', sql<number>`count(*)::integer`.as('count')])
    .where('created_at', '>=', since)
    .where(ARE_COMMANDS)
    .$if(guildId !== null, (query) => query.where('guild_id', '=', guildId))
    .groupBy('command_name')
    .orderBy('count', 'desc')
    .orderBy('command_name')
    .limit(limit)
    .execute();
  return rows;
}

/** Commands used since an instant. @param guildId null: everywhere. */
export async function countCommands(db: Database, guildId: string | null, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('audit_logs')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('created_at', '>=', since)
    .where(ARE_COMMANDS)
    .$if(guildId !== null, (query) => query.where('guild_id', '=', guildId))
    .executeTakeFirstOrThrow();
  return count;
}
