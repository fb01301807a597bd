import { z } from 'zod';
import { instant, snowflake, wholeNumber } from '#lib/http/shapes';
import { databaseStatus, type Health } from './health.ts';
import { DAYS, TOP } from './usage.ts';

/** Times as the API writes them, numbers and texts as they are. */
export function asJson(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}

const health = {
  service: z.string(),
  version: z.string(),
  uptime_seconds: z.number().int(),
  db_status: z.enum(['ok', 'down']),
  guild_count: z.number().int().nullable(),
  active_commands_24h: z.number().int().nullable(),
  gpt_status: z.enum(['operational', 'degraded', 'error']).nullable(),
  database_pool_size: z.number().int().nullable(),
};

export const healthBody = z.object({ ...health, timestamp: instant });
export const sampleBody = z.object({ ...health, checked_at: instant });

export function shownHealth(now: Health): z.input<typeof healthBody> {
  return {
    service: now.service,
    version: now.version,
    uptime_seconds: now.uptimeSeconds,
    db_status: databaseStatus(now),
    timestamp: now.at.toISOString(),
    guild_count: now.guildCount,
    active_commands_24h: now.counts?.commandsIn24h ?? null,
    gpt_status: now.counts?.ai ?? null,
    database_pool_size: now.poolSize,
  };
}

const ofGuild = snowflake
  .optional()
  .meta({ description: 'Of this server alone; left out: of all, for whoever runs the bot.' });

export const metricsQuery = z.object({ guild_id: ofGuild });
export const topQuery = z.object({
  guild_id: ofGuild,
  days: wholeNumber(DAYS.max)
    .optional()
    .meta({ description: `${DAYS.default} if left out.` }),
  limit: wholeNumber(TOP.max)
    .optional()
    .meta({ description: `${TOP.default} if left out.` }),
});

export const topBody = z.object({
  commands: z
    .record(z.string(), z.number().int())
    .meta({ description: 'How often each, the most used first.' }),
  period_days: z.number().int(),
  guild_id: snowflake.nullable(),
  total_commands: z.number().int().meta({ description: 'How many names are here.' }),
});

const unknown = z.object({ unknown: z.literal(true) }).meta({ description: 'It could not be read.' });
const count = z.number().int();
const block = <Shape extends z.ZodRawShape>(shape: Shape) => z.union([z.object(shape), unknown]);

export const metricsBody = z.object({
  bot: block({
    online: z.boolean(),
    latency_ms: z.number().nullable(),
    uptime_seconds: count,
    version: z.string(),
    guilds: z.array(z.object({ id: snowflake, name: z.string(), member_count: count, owner_id: snowflake })),
    commands_loaded: count,
    commands: z.array(z.string()),
  }),
  gpt: block({
    configured: z.boolean(),
    current_model: z.string().nullable(),
    period_hours: count,
    last_success_time: instant.nullable(),
    last_error_type: z.string().nullable(),
    average_latency_ms: count.nullable(),
    total_tokens: count,
    success_count: count,
    error_count: count,
    recent_errors: z.array(z.object({ timestamp: instant, error_type: z.string(), latency_ms: count })),
  }),
  reminders: block({
    total: count,
    recurring: count,
    one_off: count,
    next_event_time: instant.nullable(),
    per_channel: z.record(z.string(), count),
    upcoming: z.array(
      z.object({
        id: count,
        name: z.string(),
        channel_id: z.string(),
        scheduled_time: instant,
        is_recurring: z.boolean(),
      }),
    ),
  }),
  tickets: block({
    total: count,
    per_status: z.record(z.string(), count),
    open_count: count,
    last_ticket_created_at: instant.nullable(),
    average_close_seconds: count.nullable(),
    open_items: z.array(
      z.object({
        id: count,
        user_id: z.string(),
        status: z.string(),
        channel_id: z.string().nullable(),
        created_at: instant,
      }),
    ),
  }),
  settings_overrides: z.union([
    z.array(z.object({ guild_id: snowflake, scope: z.string(), key: z.string(), value: z.json() })),
    unknown,
  ]),
  infrastructure: block({ database_up: z.boolean(), pool_size: count, checked_at: instant }),
  command_usage: block({
    top_commands: z.array(z.object({ command_name: z.string(), usage_count: count })),
    total_commands_24h: count,
    period_days: count,
  }),
  cache_metrics: z.union([z.record(z.string(), z.object({ size: count, max: count })), unknown]),
});
