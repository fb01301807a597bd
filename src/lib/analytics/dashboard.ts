import { sql } from 'kysely';
import type { Database } from '#lib/database/database';
import type { AnalyticsDeps } from './deps.ts';
import { isConnected } from '#lib/discord/connected';
import { latencyMs, uptimeSeconds } from './health.ts';
import { countCommands, DAYS, TOP, usageOf } from './usage.ts';

const DATABASE_TIMEOUT_MS = 2_000;
const DAY_MS = 24 * 60 * 60_000;
const CHANNELS_SHOWN = 50;
const UPCOMING_SHOWN = 3;
/** Those that go to one member alone are read over. */
const UPCOMING_READ = 50;
const OPEN_SHOWN = 10;
const OVERRIDES_SHOWN = 500;
const FAILURES_SHOWN = 25;

/** A block that could not be read: never zeros, which would say that there is nothing. */
export interface Unknown {
  readonly unknown: true;
}

/** Blocks in the shape of the API, by name. */
export type Metrics = Readonly<Record<string, object>>;

/**
 * All that the dashboard shows of a guild, or of everything, read in one round and remembered for 30 seconds. A block that could not
 * be read is {@link Unknown}.
 * @param guildId null: everything, for whoever runs the bot.
 */
export function readMetrics(deps: AnalyticsDeps, guildId: string | null): Promise<Metrics> {
  return deps.metrics.get(guildId ?? 'all', async () => {
    const readers: Record<string, () => object | Promise<object>> = {
      bot: () => botBlock(deps, guildId),
      gpt: () => aiBlock(deps, guildId),
      reminders: () => remindersBlock(deps.db, guildId),
      tickets: () => ticketsBlock(deps.db, guildId),
      settings_overrides: () => overridesBlock(deps.db, guildId),
      infrastructure: () => infrastructureBlock(deps),
      command_usage: () => usageBlock(deps, guildId),
      cache_metrics: () => deps.caches.sizes(),
    };
    const blocks = await Promise.all(
      Object.entries(readers).map(async ([name, read]) => [name, await orUnknown(deps, name, read)] as const),
    );
    return Object.fromEntries(blocks);
  });
}

async function orUnknown(
  { log }: AnalyticsDeps,
  block: string,
  read: () => object | Promise<object>,
): Promise<object> {
  try {
    return await read();
  } catch (error) {
    log.warn({ err: error, block }, 'a block of the metrics could not be read');
    return { unknown: true } satisfies Unknown;
  }
}

function botBlock(deps: AnalyticsDeps, guildId: string | null): object {
  const { client, version } = deps;
  const guilds = [...client.guilds.cache.values()].filter(({ id }) => guildId === null || id === guildId);
  const commands = [...client.stores.get('commands').keys()].sort();
  return {
    online: isConnected(deps.client),
    latency_ms: latencyMs(deps),
    uptime_seconds: uptimeSeconds(),
    version,
    guilds: guilds.map(({ id, name, memberCount, ownerId }) => ({
      id,
      name,
      member_count: memberCount,
      owner_id: ownerId,
    })),
    commands_loaded: commands.length,
    commands,
  };
}

const ofGuild = (guildId: string | null) =>
  guildId === null ? sql<boolean>`true` : sql<boolean>`guild_id = ${guildId}`;

async function aiBlock({ db, clock, provider }: AnalyticsDeps, guildId: string | null): Promise<object> {
  const since = new Date(clock.now().getTime() - DAY_MS);
  const [{ rows: counts }, { rows: failures }] = await Promise.all([
    sql<{ last: Date | null; latency: number | null; tokens: string; good: number; bad: number }>`
      select max(at) filter (where outcome = 'answer') as last,
        (avg(latency_ms) filter (where outcome = 'answer'))::integer as latency,
        coalesce(sum(tokens_in + tokens_out), 0)::bigint as tokens,
        (count(*) filter (where outcome = 'answer'))::integer as good,
        (count(*) filter (where outcome in ('offline', 'rate_limited')))::integer as bad
      from ai_calls where at >= ${since} and ${ofGuild(guildId)}`.execute(db),
    sql<{ at: Date; outcome: string; latency_ms: number }>`
      select at, outcome, latency_ms from ai_calls
      where at >= ${since} and outcome in ('offline', 'rate_limited') and ${ofGuild(guildId)}
      order by at desc limit ${FAILURES_SHOWN}`.execute(db),
  ]);
  const [count] = counts;
  return {
    configured: provider !== null,
    current_model: provider?.model ?? null,
    period_hours: 24,
    last_success_time: count?.last ?? null,
    last_error_type: failures[0]?.outcome ?? null,
    average_latency_ms: count?.latency ?? null,
    total_tokens: Number(count?.tokens ?? 0),
    success_count: count?.good ?? 0,
    error_count: count?.bad ?? 0,
    recent_errors: failures.map(({ at, outcome, latency_ms }) => ({
      timestamp: at,
      error_type: outcome,
      latency_ms,
    })),
  };
}

async function remindersBlock(db: Database, guildId: string | null): Promise<object> {
  const [{ rows: counts }, { rows: channels }, { rows: upcoming }] = await Promise.all([
    sql<{ total: number; one_off: number }>`
      select count(*)::integer as total, (count(*) filter (where event_time is not null))::integer as one_off
      from reminders where finished_at is null and ${ofGuild(guildId)}`.execute(db),
    sql<{ channel_id: string; count: number }>`
      select channel_id, count(*)::integer as count from reminders
      where finished_at is null and recipient_id is null and ${ofGuild(guildId)}
      group by channel_id order by count desc, channel_id limit ${CHANNELS_SHOWN}`.execute(db),
    // Of the whole bot its index in the order of what is due gives the first ones; of a guild, the guild's own.
    sql<{ id: number; name: string; channel_id: string; due_at: Date; is_recurring: boolean }>`
      select reminders.id, reminders.name, reminders.channel_id, min(next.next_attempt_at) as due_at,
        reminders.event_time is null as is_recurring
      from (
        select reminder_id, next_attempt_at from reminder_occurrences
        where state = 'pending' and ${ofGuild(guildId)} order by next_attempt_at limit ${UPCOMING_READ}
      ) next join reminders on reminders.id = next.reminder_id
      where reminders.recipient_id is null
      group by reminders.id order by due_at limit ${UPCOMING_SHOWN}`.execute(db),
  ]);
  const { total, one_off } = counts[0] ?? { total: 0, one_off: 0 };
  return {
    total,
    recurring: total - one_off,
    one_off,
    next_event_time: upcoming[0]?.due_at ?? null,
    per_channel: Object.fromEntries(channels.map(({ channel_id, count }) => [channel_id, count])),
    upcoming: upcoming.map(({ due_at, ...reminder }) => ({ ...reminder, scheduled_time: due_at })),
  };
}

async function ticketsBlock(db: Database, guildId: string | null): Promise<object> {
  const [{ rows: statuses }, { rows: times }, { rows: open }] = await Promise.all([
    sql<{ status: string; count: number }>`
      select status, count(*)::integer as count from support_tickets where ${ofGuild(guildId)} group by status`.execute(
      db,
    ),
    sql<{ last: Date | null; close_seconds: number | null }>`
      select max(created_at) as last, avg(extract(epoch from closed_at - created_at))::integer as close_seconds
      from support_tickets where ${ofGuild(guildId)}`.execute(db),
    sql<{ id: number; user_id: string; status: string; channel_id: string | null; created_at: Date }>`
      select id, user_id, status, channel_id, created_at from support_tickets
      where status not in ('closed', 'archived') and ${ofGuild(guildId)} order by created_at, id limit ${OPEN_SHOWN}`.execute(
      db,
    ),
  ]);
  const perStatus = Object.fromEntries(statuses.map(({ status, count }) => [status, count]));
  return {
    total: statuses.reduce((sum, { count }) => sum + count, 0),
    per_status: perStatus,
    open_count: perStatus['open'] ?? 0,
    last_ticket_created_at: times[0]?.last ?? null,
    average_close_seconds: times[0]?.close_seconds ?? null,
    open_items: open,
  };
}

async function overridesBlock(db: Database, guildId: string | null): Promise<object> {
  const rows = await db
    .selectFrom('bot_settings')
    .select(['guild_id', 'scope', 'key', 'value'])
    .$if(guildId !== null, (query) => query.where('guild_id', '=', guildId))
    .orderBy('guild_id')
    .orderBy('scope')
    .orderBy('key')
    .limit(OVERRIDES_SHOWN)
    .execute();
  return rows;
}

async function infrastructureBlock({ database, clock }: AnalyticsDeps): Promise<object> {
  return {
    database_up: await database.isHealthy(DATABASE_TIMEOUT_MS),
    pool_size: database.poolSize(),
    checked_at: clock.now(),
  };
}

async function usageBlock(deps: AnalyticsDeps, guildId: string | null): Promise<object> {
  const { db, clock } = deps;
  const [{ commands }, usedIn24h] = await Promise.all([
    usageOf(deps, { guildId, things: 'commands', days: DAYS.default, limit: TOP.default }),
    countCommands(db, guildId, new Date(clock.now().getTime() - DAY_MS)),
  ]);
  return {
    top_commands: commands.map(({ name, uses }) => ({ command_name: name, usage_count: uses })),
    total_commands_24h: usedIn24h,
    period_days: DAYS.default,
  };
}
