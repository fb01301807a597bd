import { WORKING, type RulesOf } from './rule.ts';

export const webhooksData = {
  webhook_receipts: {
    purpose: 'api',
    kept: { until: 'repeated', days: 1 },
    guild: null,
    columns: {
      message_id: WORKING,
      received_at: WORKING,
      deleted_account_hash: WORKING,
    },
  },
} as const satisfies RulesOf<'webhook_receipts'>;
