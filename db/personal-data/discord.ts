import { WORKING, type RulesOf } from './rule.ts';

export const discordData = {
  // The bot's own messages; whom they are about, the rows say that asked for them.
  sent_messages: {
    purpose: 'tickets',
    kept: { until: 'settled', days: 7 },
    guild: null,
    columns: { message_id: WORKING, channel_id: WORKING, nonce: WORKING, sent_at: WORKING },
  },
} as const satisfies RulesOf<'sent_messages'>;
