import { isConnected } from '#lib/discord/connected';
import type { AnalyticsDeps } from './deps.ts';
import { countCommands } from './usage.ts';

const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;
/** Longer than that the database is not well. */
const DATABASE_TIMEOUT_MS = 2_000;
/** More failures within an hour than this are no accident. */
const FAILURES_OF_AN_HOUR = 5;

export type AiStatus = 'operational' | 'degraded' | 'error';

/** What is counted in the database for the health of the whole bot. */
export interface Counts {
  readonly commandsIn24h: number;
  /** Null where there is no AI. */
  readonly ai: AiStatus | null;
}

export interface Health {
  readonly service: string;
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly isDatabaseUp: boolean;
  readonly at: Date;
  /** Null while the bot is not connected to Discord. */
  readonly guildCount: number | null;
  /** Null where the database did not say. */
  readonly counts: Counts | null;
  readonly poolSize: number;
}

/** How the bot is now. Never throws: what cannot be known is null. */
export async function readHealth(deps: AnalyticsDeps): Promise<Health> {
  const { client, clock, service, version, database } = deps;
  const isDatabaseUp = await database.isHealthy(DATABASE_TIMEOUT_MS);
  const counts = isDatabaseUp ? await deps.counts.get('all', () => readCounts(deps)).catch(() => null) : null;
  return {
    service,
    version,
    uptimeSeconds: uptimeSeconds(),
    isDatabaseUp,
    at: clock.now(),
    guildCount: isConnected(client) ? client.guilds.cache.size : null,
    counts,
    poolSize: database.poolSize(),
  };
}

/** Seconds since the process began. */
export function uptimeSeconds(): number {
  return Math.floor(process.uptime());
}

/** The gateway's latency in ms, with two decimals; null until it is known. */
export function latencyMs({ client }: Pick<AnalyticsDeps, 'client'>): number | null {
  const { ping } = client.ws;
  return Number.isFinite(ping) && ping >= 0 ? Math.round(ping * 100) / 100 : null;
}

/** What of the bot is not well: none, when it is ready for people. */
export async function whatIsNotWell(
  deps: AnalyticsDeps,
): Promise<readonly ('database' | 'gateway' | 'scheduler')[]> {
  const isDatabaseUp = await deps.database.isHealthy(DATABASE_TIMEOUT_MS);
  const well = {
    database: isDatabaseUp,
    gateway: isConnected(deps.client),
    scheduler: deps.isSchedulerWorking(),
  };
  return (['database', 'gateway', 'scheduler'] as const).filter((part) => !well[part]);
}

/** Keeps how the bot is now, for the history. */
export async function keepSample(deps: AnalyticsDeps): Promise<void> {
  const health = await readHealth(deps);
  await deps.db
    .insertInto('health_check_history')
    .values({
      service: health.service,
      version: health.version,
      uptime_seconds: health.uptimeSeconds,
      db_status: databaseStatus(health),
      guild_count: health.guildCount,
      active_commands_24h: health.counts?.commandsIn24h ?? null,
      gpt_status: health.counts?.ai ?? null,
      database_pool_size: health.poolSize,
      checked_at: health.at,
    })
    .execute();
}

export function databaseStatus({ isDatabaseUp }: Pick<Health, 'isDatabaseUp'>): 'ok' | 'down' {
  return isDatabaseUp ? 'ok' : 'down';
}

async function readCounts(deps: AnalyticsDeps): Promise<Counts> {
  const now = deps.clock.now().getTime();
  const [commandsIn24h, ai] = await Promise.all([
    countCommands(deps.db, null, new Date(now - DAY_MS)),
    deps.provider === null ? null : readAiStatus(deps, new Date(now - HOUR_MS)),
  ]);
  return { commandsIn24h, ai };
}

/** How the AI did since an instant; it is well again once it answers. */
async function readAiStatus({ db }: Pick<AnalyticsDeps, 'db'>, since: Date): Promise<AiStatus> {
  const rows = await db
    .selectFrom('ai_calls')
    .select(['outcome', (eb) => eb.fn.countAll<string>().as('count')])
    .where('at', '>=', since)
    .where('outcome', 'in', ['answer', 'offline', 'rate_limited'])
    .groupBy('outcome')
    .execute();
  const answers = Number(rows.find(({ outcome }) => outcome === 'answer')?.count ?? 0);
  const failures = rows.reduce((sum, { count }) => sum + Number(count), 0) - answers;
  if (failures > 0 && answers === 0) return 'error';
  return failures > FAILURES_OF_AN_HOUR ? 'degraded' : 'operational';
}
