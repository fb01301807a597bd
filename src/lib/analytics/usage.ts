import { sql } from 'kysely';
import type { Database } from '#lib/database/database';
import type { AnalyticsDeps } from './deps.ts';

const DAY_MS = 24 * 60 * 60_000;
export const DAYS = { min: 1, max: 90, default: 7 } as const;
export const TOP = { min: 1, max: 50, default: 10 } as const;

export interface CommandUses {
  readonly name: string;
  /** As in `audit_logs`. */
  readonly type: string;
  readonly uses: number;
  /** Of those, how many were refused or went wrong. */
  readonly failures: number;
  /** Half of the uses took no longer. */
  readonly medianMs: number;
  /** 19 of 20 uses took no longer. */
  readonly p95Ms: number;
}

export interface CommandUsage {
  /** The instant before which the days lie. */
  readonly until: Date;
  readonly uses: number;
  readonly failures: number;
  /** How many different ones were used. */
  readonly different: number;
  /** Those used most, the first one most of all. */
  readonly commands: readonly CommandUses[];
}

/** Commands alone, or buttons, menus and windows too. */
export type UsedThings = 'commands' | 'all';

interface What {
  /** Null: everywhere, direct messages included. */
  readonly guildId: string | null;
  readonly things: UsedThings;
  /** How many are named. */
  readonly limit: number;
}

export interface UsageQuestion extends What {
  /** Of 24 hours, 1–90. */
  readonly days: number;
}

/** What was used within the last days; at most 30 seconds old. @throws what the database throws. */
export function usageOf(
  { db, clock, usage }: Pick<AnalyticsDeps, 'db' | 'clock' | 'usage'>,
  { days, ...what }: UsageQuestion,
): Promise<CommandUsage> {
  const { guildId, things, limit } = what;
  return usage.get(`${guildId ?? 'all'}:${things}:${days}:${limit}`, () => {
    const until = clock.now();
    return readUsage(db, { ...what, since: new Date(until.getTime() - days * DAY_MS), until });
  });
}

const ARE_COMMANDS = sql<boolean>`command_type in ('slash', 'text', 'context-menu')`;

/** What was used from one instant to another, anew. @throws what the database throws. */
export async function readUsage(
  db: Database,
  { guildId, things, limit, since, until }: What & { readonly since: Date; readonly until: Date },
): Promise<CommandUsage> {
  const rows = await db
    .selectFrom('audit_logs')
    .select([
      'command_name as name',
      'command_type as type',
      sql<number>`count(*)::integer`.as('uses'),
      sql<number>`count(failure)::integer`.as('failures'),
      sql<number>`round(percentile_cont(0.5) within group (order by duration_ms))::integer`.as('medianMs'),
      sql<number>`round(percentile_cont(0.95) within group (order by duration_ms))::integer`.as('p95Ms'),
    ])
    .where('created_at', '>=', since)
    .where('created_at', '<=', until)
    .$if(guildId !== null, (query) => query.where('guild_id', '=', guildId))
    .$if(things === 'commands', (query) => query.where(ARE_COMMANDS))
    .groupBy(['command_name', 'command_type'])
    .orderBy('uses', 'desc')
    .orderBy('command_name')
    .orderBy('command_type')
    .execute();
  return {
    until,
    uses: rows.reduce((sum, { uses }) => sum + uses, 0),
    failures: rows.reduce((sum, { failures }) => sum + failures, 0),
    different: rows.length,
    commands: rows.slice(0, limit),
  };
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
