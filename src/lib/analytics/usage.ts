import type { Database } from '#lib/database/database';
import type { AnalyticsDeps } from './deps.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface CommandUses {
  readonly name: string;
  readonly type: string;
  readonly uses: number;
  /** Of those, how many did not go well. */
  readonly failures: number;
}

export interface CommandUsage {
  /** The instant before which the days lie. */
  readonly until: Date;
  readonly uses: number;
  /** How many different ones were used. */
  readonly different: number;
  /** Those used most, the first one most of all. */
  readonly commands: readonly CommandUses[];
}

export interface UsageQuestion {
  /** Null: everywhere, direct messages included. */
  readonly guildId: string | null;
  /** Of 24 hours, 1–90. */
  readonly days: number;
  /** How many commands are named. */
  readonly limit: number;
}

/** What was used within the last days; at most 30 seconds old. @throws what the database throws. */
export function usageOf(
  { db, clock, usage }: Pick<AnalyticsDeps, 'db' | 'clock' | 'usage'>,
  question: UsageQuestion,
): Promise<CommandUsage> {
  const { guildId, days, limit } = question;
  return usage.get(`${guildId ?? 'all'}:${days}:${limit}`, () =>
    commandUsage(db, { ...question, now: clock.now() }),
  );
}

async function commandUsage(
  db: Database,
  { guildId, days, limit, now }: UsageQuestion & { readonly now: Date },
): Promise<CommandUsage> {
  const rows = await db
    .selectFrom('audit_logs')
    .select(({ fn }) => [
      'command_name as name',
      'command_type as type',
      'failure',
      fn.countAll<string>().as('count'),
    ])
    .where('created_at', '>', new Date(now.getTime() - days * DAY_MS))
    .where('created_at', '<=', now)
    .$if(guildId !== null, (query) => query.where('guild_id', '=', guildId))
    .groupBy(['command_name', 'command_type', 'failure'])
    .execute();
  const commands = new Map<string, CommandUses>();
  let uses = 0;
  for (const row of rows) {
    const count = Number(row.count);
    const { failure } = row;
    const key = `${row.type} ${row.name}`;
    const known = commands.get(key) ?? { name: row.name, type: row.type, uses: 0, failures: 0 };
    commands.set(key, {
      ...known,
      uses: known.uses + count,
      failures: known.failures + (failure === null ? 0 : count),
    });
    uses += count;
  }
  const most = [...commands.values()].sort(
    (one, other) => other.uses - one.uses || one.name.localeCompare(other.name, 'en'),
  );
  return { until: now, uses, different: most.length, commands: most.slice(0, limit) };
}
