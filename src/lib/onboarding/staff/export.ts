import type { ChatInputCommandInteraction } from 'discord.js';
import type { Database } from '#lib/database/database';
import type { Translate } from '#lib/i18n/translate';
import { handOver } from '#lib/log-channel/hand-over';
import { csvThatFits } from '#lib/text/csv';
import { answer } from '#lib/ui/answer';
import { answerText, type Answers } from '../answers.ts';
import type { Content, Question } from '../content.ts';
import type { OnboardingDeps } from '../deps.ts';
import { finishedMembers } from '../finished.ts';

/** Members read at once; far more than fit into a file at the usual lengths. */
const EXPORTED_MAX = 50_000;

interface Row {
  readonly userId: string;
  readonly answers: Answers;
  readonly version: number;
  readonly at: Date;
  readonly acceptedAt: Date | null;
}

/** Gives an admin everything that members of their guild answered, and tells the log channel who has it. */
export async function exportAnswers(
  { db, logChannel, log }: OnboardingDeps,
  t: Translate,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<void> {
  const { guildId, user } = interaction;
  const rows = await readRows(db, guildId);
  const contents = await readContents(db, guildId, rows);
  if (rows.length === 0) {
    await answer(interaction, { content: t('onboarding:export.none') });
    return;
  }
  const { file, count } = csvThatFits(rows, (some) => answersTable(t, some, contents));
  log.info({ guildId, by: user.id, count }, 'onboarding: answers exported');
  const isPartial = count < rows.length || rows.length === EXPORTED_MAX;
  const said = [
    t('onboarding:export.done', { count }),
    ...(isPartial ? [t('onboarding:export.partial', { count })] : []),
  ];
  await handOver(
    logChannel,
    interaction,
    { name: `onboarding-${guildId}.csv`, attachment: file },
    said.join('\n'),
    (say) => ({
      title: say('onboarding:export.log'),
      description: say('onboarding:export.logText', { by: `<@${user.id}>`, count }),
    }),
  );
}

/** One line a member and one column a question, those of older versions behind those of newer ones. */
function answersTable(
  t: Translate,
  rows: readonly Row[],
  contents: ReadonlyMap<number, Content>,
): (string | number | null)[][] {
  const questions = new Map<number, Question>();
  for (const [, content] of [...contents].toSorted(([one], [other]) => other - one))
    for (const question of content.questions)
      if (!questions.has(question.id)) questions.set(question.id, question);
  const heading = [
    t('onboarding:export.member'),
    t('onboarding:export.finished'),
    t('onboarding:export.version'),
    t('onboarding:export.accepted'),
    ...[...questions.values()].map(({ text }) => text),
  ];
  const lines = rows.map(({ userId, answers, version, at, acceptedAt }) => {
    const asked = contents.get(version)?.questions ?? [];
    return [
      userId,
      at.toISOString(),
      version,
      acceptedAt?.toISOString() ?? null,
      ...[...questions.keys()].map((id) => {
        const question = asked.find((one) => one.id === id);
        return question === undefined ? null : answerText(question, answers[id]);
      }),
    ];
  });
  return [heading, ...lines];
}

async function readRows(db: Database, guildId: string): Promise<Row[]> {
  const rows = await finishedMembers(db, guildId).orderBy('user_id').limit(EXPORTED_MAX).execute();
  return rows.map((row) => ({
    userId: row.user_id,
    answers: row.responses as unknown as Answers,
    version: row.version,
    at: row.timestamp,
    acceptedAt: row.accepted_at,
  }));
}

async function readContents(
  db: Database,
  guildId: string,
  rows: readonly Row[],
): Promise<Map<number, Content>> {
  const versions = [...new Set(rows.map(({ version }) => version))];
  if (versions.length === 0) return new Map();
  const found = await db
    .selectFrom('onboarding_versions')
    .select(['version', 'content'])
    .where('guild_id', '=', guildId)
    .where('version', 'in', versions)
    .execute();
  return new Map(found.map(({ version, content }) => [version, content as unknown as Content]));
}
