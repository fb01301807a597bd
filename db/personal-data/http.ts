import { BESIDE, person, theirs, type RulesOf } from './rule.ts';

export const httpData = {
  idempotency_keys: {
    purpose: 'api',
    kept: { until: 'repeated', days: 1 },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      user_id: person('row'),
      caller: theirs('user_id', 'row'),
      operation: theirs('user_id', 'row'),
      key: theirs('user_id', 'row'),
      request_hash: theirs('user_id', 'row'),
      status: theirs('user_id', 'row'),
      reply: theirs('user_id', 'row'),
      created_at: theirs('user_id', 'row'),
    },
  },
} as const satisfies RulesOf<'idempotency_keys'>;
