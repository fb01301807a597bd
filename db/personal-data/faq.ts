import { BESIDE, GUILD, WORKING, person, theirs, type RulesOf } from './rule.ts';

export const faqData = {
  // What was searched for stands here without who did; the guild is told of it in one note a week.
  faq_search_logs: {
    purpose: 'faq',
    kept: { until: 'counted', days: 30 },
    guild: 'guild_id',
    columns: { id: BESIDE, guild_id: BESIDE, query: GUILD, found: BESIDE, created_at: BESIDE },
  },
  faq_counts: {
    purpose: 'faq',
    kept: { until: 'counted', days: 90 },
    guild: 'guild_id',
    columns: { guild_id: BESIDE, day: BESIDE, offered: BESIDE, solved: BESIDE, opened: BESIDE },
  },
  faq_offers: {
    purpose: 'faq',
    kept: { until: 'counted', days: 1 },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      user_id: person('row'),
      request: theirs('user_id', 'row'),
      created_at: BESIDE,
    },
  },
  faq_notes: {
    purpose: 'faq',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      since: WORKING,
      due_at: WORKING,
      leased_until: WORKING,
      attempts: WORKING,
    },
  },
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
      language: GUILD,
      meanings: WORKING,
      head: WORKING,
      search: WORKING,
      similarity_key: WORKING,
      created_by: person('zero'),
      created_at: BESIDE,
      updated_at: BESIDE,
      deleted_by: person('null'),
      deleted_at: theirs('deleted_by', 'keep'),
    },
  },
} as const satisfies RulesOf<
  'ticket_topics' | 'faq_entries' | 'faq_search_logs' | 'faq_counts' | 'faq_offers' | 'faq_notes'
>;
