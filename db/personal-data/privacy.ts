import { BESIDE, GUILD, WORKING, person, theirs, type RulesOf } from './rule.ts';

export const privacyData = {
  privacy_agreements: {
    purpose: 'consent',
    kept: { until: 'withdrawn', days: 365 },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      user_id: person('row'),
      version: BESIDE,
      locale: theirs('user_id', 'row'),
      content_hash: theirs('user_id', 'row'),
      agreed_at: theirs('user_id', 'row'),
      withdrawn_at: theirs('user_id', 'row'),
    },
  },
  privacy_documents: {
    purpose: 'consent',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      version: BESIDE,
      locale: BESIDE,
      content: GUILD,
      content_hash: GUILD,
      published_by: person('null'),
      published_at: BESIDE,
    },
  },
  privacy_drafts: {
    purpose: 'consent',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      locale: BESIDE,
      content: GUILD,
      updated_by: person('null'),
      updated_at: BESIDE,
    },
  },
  privacy_posts: {
    purpose: 'consent',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: GUILD,
      channel_id: GUILD,
      message_id: GUILD,
      version: GUILD,
      posted_at: WORKING,
    },
  },
  erasures: {
    purpose: 'rights',
    kept: { until: 'erased', days: 30 },
    guild: 'guild_id',
    columns: {
      id: WORKING,
      kind: BESIDE,
      user_id: person('row'),
      guild_id: BESIDE,
      locale: theirs('user_id', 'row'),
      code: theirs('user_id', 'row'),
      requested_at: theirs('user_id', 'row'),
      due_at: theirs('user_id', 'row'),
      started_at: WORKING,
      leased_until: WORKING,
      attempts: WORKING,
      last_error: WORKING,
      done_at: WORKING,
      // There when nobody is named any more.
      receipt: WORKING,
    },
  },
  privacy_exports: {
    purpose: 'rights',
    kept: { until: 'exported', hours: 1 },
    guild: null,
    columns: { user_id: person('row'), exported_at: theirs('user_id', 'row') },
  },
  member_rounds: {
    purpose: 'rights',
    kept: { until: 'guild' },
    guild: null,
    // The place is the sum of two ids, and neither can be told from it.
    columns: { only_one: WORKING, began_at: WORKING, place: WORKING },
  },
  bot_guilds: {
    purpose: 'rights',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: GUILD,
      joined_at: GUILD,
      greeting_due_at: WORKING,
      greeting_attempts: WORKING,
      greeting_channel_id: GUILD,
    },
  },
} as const satisfies RulesOf<
  | 'privacy_agreements'
  | 'privacy_documents'
  | 'privacy_drafts'
  | 'privacy_posts'
  | 'erasures'
  | 'privacy_exports'
  | 'member_rounds'
  | 'bot_guilds'
>;
