import { BESIDE, GUILD, WORKING, person, type RulesOf } from './rule.ts';

export const settingsData = {
  bot_settings: {
    purpose: 'settings',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      scope: BESIDE,
      key: BESIDE,
      value: GUILD,
      value_type: WORKING,
      // Null would say that the bot did it.
      updated_by: person('zero'),
      updated_at: BESIDE,
    },
  },
  settings_history: {
    purpose: 'settings',
    kept: { until: 'replaced', days: 365 },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      scope: BESIDE,
      key: BESIDE,
      old_value: GUILD,
      new_value: GUILD,
      value_type: WORKING,
      changed_by: person('zero'),
      changed_at: BESIDE,
      change_type: BESIDE,
      reverts_id: BESIDE,
    },
  },
} as const satisfies RulesOf<'bot_settings' | 'settings_history'>;
