/** Why nothing of a table comes, by its name in the old database. */
const REASONS: Readonly<Record<string, string>> = {
  gdpr_acceptance:
    'the Python bot noted that somebody agreed, not to which text; /gdpr publishes yours, and members agree to that',
  terms_acceptance: 'it is about terms of the Python bot, which this one does not have',
  ticket_metrics: 'its counts were of all servers together; /ticket_stats counts the tickets themselves',
  health_check_history: 'it is about the Python bot itself',
  quiz_sessions: 'the quiz is not here',
  quiz_answers: 'the quiz is not here',
  premium_subs: 'nothing here is sold',
  app_reflections: 'no platform is linked to this bot',
  alphapy_discord_links: 'no platform is linked to this bot',
  custom_commands: 'there are no custom commands here',
  gpt_usage: 'what an AI may cost is counted by money here, from now on',
  verification_tickets: 'there is no verification here',
  growth_checkins: 'what members write for /growthcheckin is not kept here',
  agent_session_usage: 'there are no agents here',
  agent_nudge_state: 'there are no agents here',
  alembic_version: 'it is about the migrations of the Python bot',
};

const FAMILIES: readonly (readonly [prefix: string, reason: string])[] = [
  ['automod_', 'there is no auto-moderation here'],
  ['engagement_', 'there are no challenges, awards, badges or streaks here'],
  ['agent_', 'there are no agents here'],
];

/** Why nothing of this table comes. */
export function whyLeft(table: string): string {
  const known = Object.hasOwn(REASONS, table) ? REASONS[table] : undefined;
  return (
    known ?? FAMILIES.find(([prefix]) => table.startsWith(prefix))?.[1] ?? 'no known Alphapy has such a table'
  );
}
