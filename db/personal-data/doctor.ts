import { GUILD, WORKING, type RulesOf } from './rule.ts';

export const doctorData = {
  guild_findings: {
    purpose: 'settings',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: GUILD,
      finding: GUILD,
      found_at: WORKING,
      told_at: WORKING,
    },
  },
} as const satisfies RulesOf<'guild_findings'>;
