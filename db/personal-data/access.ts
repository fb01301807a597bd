import { BESIDE, WORKING, person, theirs, type RulesOf } from './rule.ts';

export const accessData = {
  web_sessions: {
    purpose: 'api',
    kept: { until: 'over', days: 1 },
    guild: null,
    columns: {
      // Secrets: whoever has an export in hand must not be signed in by it.
      id_hash: WORKING,
      csrf_token: WORKING,
      user_id: person('row'),
      user_name: theirs('user_id', 'row'),
      guild_ids: theirs('user_id', 'row'),
      created_at: theirs('user_id', 'row'),
      last_seen_at: theirs('user_id', 'row'),
      expires_at: theirs('user_id', 'row'),
    },
  },
  api_keys: {
    purpose: 'api',
    kept: { until: 'over', days: 30 },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      user_id: person('row'),
      name: theirs('user_id', 'row'),
      hash: WORKING,
      shown: theirs('user_id', 'row'),
      scopes: theirs('user_id', 'row'),
      created_at: theirs('user_id', 'row'),
      expires_at: theirs('user_id', 'row'),
      last_used_at: theirs('user_id', 'row'),
      revoked_at: theirs('user_id', 'row'),
    },
  },
  supabase_accounts: {
    purpose: 'api',
    kept: { until: 'used', days: 30 },
    guild: null,
    columns: {
      supabase_user_id: theirs('discord_user_id', 'row'),
      discord_user_id: person('row'),
      linked_at: theirs('discord_user_id', 'row'),
      checked_at: theirs('discord_user_id', 'row'),
    },
  },
} as const satisfies RulesOf<'web_sessions' | 'api_keys' | 'supabase_accounts'>;
