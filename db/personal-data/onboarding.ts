import { BESIDE, GUILD, WORKING, person, theirs, type RulesOf } from './rule.ts';

export const onboardingData = {
  // Whoever confirms holds their session, so an erasure waits for it and then sees what was written.
  onboarding_sessions: {
    purpose: 'onboarding',
    kept: { until: 'untouched', days: 90 },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      user_id: person('row'),
      version: BESIDE,
      mode: BESIDE,
      preview: GUILD,
      place: theirs('user_id', 'row'),
      answers: theirs('user_id', 'row'),
      typed: theirs('user_id', 'row'),
      passed: theirs('user_id', 'row'),
      started_at: theirs('user_id', 'row'),
      rules_accepted_at: theirs('user_id', 'row'),
      updated_at: theirs('user_id', 'row'),
      finished_at: theirs('user_id', 'row'),
    },
  },
  onboarding_duties: {
    purpose: 'onboarding',
    kept: { until: 'done' },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      user_id: person('row'),
      kind: BESIDE,
      role_id: theirs('user_id', 'row'),
      due_at: BESIDE,
      created_at: BESIDE,
      told_at: WORKING,
      attempts: WORKING,
      last_error: WORKING,
      leased_until: WORKING,
      nonce: WORKING,
    },
  },
  onboarding: {
    purpose: 'onboarding',
    kept: { until: 'member' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      user_id: person('row'),
      responses: theirs('user_id', 'row'),
      version: BESIDE,
      timestamp: theirs('user_id', 'row'),
    },
  },
  rule_acceptances: {
    purpose: 'onboarding',
    kept: { until: 'member' },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      user_id: person('row'),
      version: BESIDE,
      rules_hash: theirs('user_id', 'row'),
      locale: theirs('user_id', 'row'),
      accepted_at: theirs('user_id', 'row'),
    },
  },
  onboarding_panels: {
    purpose: 'onboarding',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: GUILD,
      channel_id: GUILD,
      message_id: WORKING,
      posted_at: WORKING,
      refresh_due_at: WORKING,
    },
  },
  onboarding_versions: {
    purpose: 'onboarding',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      version: BESIDE,
      content: GUILD,
      rules_hash: GUILD,
      published_by: person('zero'),
      published_at: BESIDE,
    },
  },
  guild_onboarding_questions: {
    purpose: 'onboarding',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      id: WORKING,
      guild_id: GUILD,
      step_order: GUILD,
      question: GUILD,
      question_type: GUILD,
      help: GUILD,
      options: GUILD,
      followup: GUILD,
      required: GUILD,
      is_private: GUILD,
      enabled: GUILD,
      created_at: WORKING,
      updated_at: WORKING,
    },
  },
  guild_rules: {
    purpose: 'onboarding',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      id: WORKING,
      guild_id: GUILD,
      rule_order: GUILD,
      title: GUILD,
      description: GUILD,
      image_url: GUILD,
      enabled: GUILD,
      created_at: WORKING,
      updated_at: WORKING,
    },
  },
} as const satisfies RulesOf<
  | 'onboarding_sessions'
  | 'onboarding_duties'
  | 'onboarding'
  | 'rule_acceptances'
  | 'onboarding_panels'
  | 'onboarding_versions'
  | 'guild_onboarding_questions'
  | 'guild_rules'
>;
