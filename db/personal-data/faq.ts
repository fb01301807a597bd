import { BESIDE, GUILD, WORKING, person, theirs, type RulesOf } from './rule.ts';

export const faqData = {
  ticket_topics: {
    purpose: 'faq',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      ticket_ids: BESIDE,
      faq_entry_id: BESIDE,
      decided_by: person('zero'),
      decided_at: theirs('decided_by', 'keep'),
      created_at: BESIDE,
      nonce: WORKING,
      due_at: WORKING,
      leased_until: WORKING,
      attempts: WORKING,
    },
  },
  faq_entries: {
    purpose: 'faq',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      title: GUILD,
      summary: GUILD,
      keywords: GUILD,
      similarity_key: WORKING,
      created_by: person('zero'),
      created_at: BESIDE,
      updated_at: BESIDE,
    },
  },
} as const satisfies RulesOf<'ticket_topics' | 'faq_entries'>;
