import { BESIDE, WORKING, type RulesOf } from './rule.ts';

export const importData = {
  // Two numbers of rows, neither of which is a person's: what has a member's id for its key is recognised by that and not noted here.
  imported_rows: {
    purpose: 'settings',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      source_table: WORKING,
      old_id: WORKING,
      new_id: WORKING,
      imported_at: WORKING,
    },
  },
} as const satisfies RulesOf<'imported_rows'>;
