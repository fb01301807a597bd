import { BESIDE, GUILD, person, theirs, type RulesOf } from './rule.ts';

const USED = theirs('user_id', 'row');

export const analyticsData = {
  audit_logs: {
    purpose: 'analytics',
    kept: { until: 'counted', days: 90 },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      user_id: person('row'),
      command_name: USED,
      command_type: BESIDE,
      success: BESIDE,
      failure: USED,
      error_message: USED,
      duration_ms: BESIDE,
      correlation_id: USED,
      created_at: USED,
    },
  },
  health_check_history: {
    purpose: 'analytics',
    kept: { until: 'counted', days: 30 },
    guild: null,
    columns: {
      id: GUILD,
      service: GUILD,
      version: GUILD,
      uptime_seconds: GUILD,
      db_status: GUILD,
      guild_count: GUILD,
      active_commands_24h: GUILD,
      gpt_status: GUILD,
      database_pool_size: GUILD,
      checked_at: GUILD,
    },
  },
} as const satisfies RulesOf<'audit_logs' | 'health_check_history'>;
