import type { Database } from '#lib/database/database';
import type { Answers } from './answers.ts';
import type { Content } from './content.ts';
import { readVersion } from './versions.ts';

/** What a member answered. */
export interface Finished {
  readonly userId: string;
  readonly answers: Answers;
  /** What was asked. */
  readonly content: Content;
  readonly version: number;
  readonly at: Date;
  /** The last time; null where there were none to accept. */
  readonly rulesAcceptedAt: Date | null;
  /** How often they have finished. */
  readonly times: number;
}

/** Who finished in a guild, and when they accepted the rules last. */
export function finishedMembers(db: Database, guildId: string) {
  return db
    .selectFrom('onboarding')
    .select(['user_id', 'responses', 'version', 'timestamp'])
    .select((eb) =>
      eb
        .selectFrom('rule_acceptances')
        .select((of) => of.fn.max('accepted_at').as('accepted_at'))
        .whereRef('rule_acceptances.guild_id', '=', 'onboarding.guild_id')
        .whereRef('rule_acceptances.user_id', '=', 'onboarding.user_id')
        .as('accepted_at'),
    )
    .where('guild_id', '=', guildId);
}

/** The answers of one member of a guild; null when they have not finished. */
export async function readFinished(db: Database, guildId: string, userId: string): Promise<Finished | null> {
  const row = await finishedMembers(db, guildId)
    .select((eb) =>
      eb
        .selectFrom('onboarding_sessions')
        .select((count) => count.fn.countAll<string>().as('times'))
        .whereRef('onboarding_sessions.guild_id', '=', 'onboarding.guild_id')
        .whereRef('onboarding_sessions.user_id', '=', 'onboarding.user_id')
        .where('onboarding_sessions.finished_at', 'is not', null)
        .as('times'),
    )
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const content = await readVersion(db, guildId, row.version);
  if (content === null) return null;
  return {
    userId,
    answers: row.responses as unknown as Answers,
    content,
    version: row.version,
    at: row.timestamp,
    rulesAcceptedAt: row.accepted_at,
    times: Number(row.times ?? 1),
  };
}
