import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import { UserError } from '#lib/errors/user-error';
import { effectiveValue, type Overrides } from '#lib/settings/settings';
import { chosenOptions, type Answers } from '../answers.ts';
import type { Content } from '../content.ts';
import { addDuties, type DutyKind } from '../duties.ts';
import { readVersion } from '../versions.ts';
import { finalAnswers, questionsOf, screenOf, type Progress } from './flow.ts';
import type { Session } from './sessions.ts';

/** The roles that answers lead to, that of the end included. */
export function rolesOf(
  content: Content,
  progress: Pick<Progress, 'mode' | 'answers'>,
  completionRoleId: string | null,
): string[] {
  const chosen = questionsOf(content, progress.mode).flatMap((question) =>
    chosenOptions(question, progress.answers[question.id]).flatMap(({ roleIds }) => roleIds),
  );
  return [...new Set([...(completionRoleId === null ? [] : [completionRoleId]), ...chosen])];
}

/**
 * Ends a session in the transaction that holds it: the answers, what is owed for them, and that it is over become true together.
 * @returns the roles that they get; null when it had ended already.
 * @throws UserError when something is still to be answered.
 */
export async function complete(
  trx: Transaction<DB>,
  session: Session,
  overrides: Overrides,
  now: Date,
): Promise<string[] | null> {
  if (session.isFinished) return null;
  const { guildId, userId, content, version } = session;
  if (version === null) throw new TypeError('a preview is never completed');
  if (screenOf(content, { ...session, place: null }).kind !== 'summary')
    throw new UserError('onboarding:unanswered');
  const before = await trx
    .selectFrom('onboarding')
    .select(['responses', 'version'])
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  const completionRole = effectiveValue(overrides, 'onboarding.completion_role_id');
  const add = rolesOf(content, session, completionRole);
  const asked = questionsOf(content, session.mode).map(({ id }) => id);
  const given =
    before === undefined
      ? []
      : await rolesGivenBefore(trx, guildId, before.version, before.responses as unknown as Answers, asked);
  const remove = given.filter((roleId) => !add.includes(roleId));
  const responses = JSON.stringify(finalAnswers(content, session));
  await trx
    .insertInto('onboarding')
    .values({ guild_id: guildId, user_id: userId, responses, version, timestamp: now })
    .onConflict((conflict) =>
      conflict.columns(['guild_id', 'user_id']).doUpdateSet(
        // Who was asked nothing has answered nothing anew.
        asked.length === 0 ? { timestamp: now } : { responses, version, timestamp: now },
      ),
    )
    .execute();
  await trx
    .updateTable('onboarding_sessions')
    .set({
      finished_at: now,
      updated_at: now,
      answers: '{}',
      typed: '{}',
      place: null,
      passed: asked,
    })
    .where('id', '=', session.id)
    .where('guild_id', '=', guildId)
    .execute();
  const duties: { kind: DutyKind; roleId: string | null }[] = [
    ...add.map((roleId) => ({ kind: 'add_role' as const, roleId })),
    ...remove.map((roleId) => ({ kind: 'remove_role' as const, roleId })),
    { kind: 'report', roleId: null },
    // Who does it again has been welcomed.
    ...(before === undefined ? [{ kind: 'welcome' as const, roleId: null }] : []),
  ];
  await addDuties(trx, { guildId, userId }, duties, now);
  return add;
}

/** Of questions that are asked no more, what their answers gave stays. */
async function rolesGivenBefore(
  trx: Transaction<DB>,
  guildId: string,
  version: number,
  answers: Answers,
  asked: readonly number[],
): Promise<string[]> {
  const content = await readVersion(trx, guildId, version);
  if (content === null) return [];
  const questions = content.questions.filter(({ id }) => asked.includes(id));
  return rolesOf({ ...content, questions }, { mode: 'questions_only', answers }, null);
}
