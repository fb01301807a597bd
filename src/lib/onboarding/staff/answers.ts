import {
  time,
  type ChatInputCommandInteraction,
  type InteractionReplyOptions,
  type User,
  type UserContextMenuCommandInteraction,
} from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { safeEmbedText } from '#lib/text/sanitize';
import { answer } from '#lib/ui/answer';
import { embed } from '#lib/ui/embeds';
import { EMBED_FIELD_NAME_MAX, EMBED_FIELD_VALUE_MAX } from '#lib/ui/limits';
import { answerText } from '../answers.ts';
import { readFinished, type Finished } from '../finished.ts';
import type { OnboardingDeps } from '../deps.ts';

/** Of all answers in one embed; beyond, the file has the rest. */
const SHOWN_MAX = 4000;

/** Shows staff what a member answered, and tells the log channel who looked. */
export async function showAnswers(
  { db, logChannel, clock }: OnboardingDeps,
  t: Translate,
  interaction: ChatInputCommandInteraction<'cached'> | UserContextMenuCommandInteraction<'cached'>,
  member: User,
): Promise<void> {
  const { guildId, user } = interaction;
  const finished = await readFinished(db, guildId, member.id);
  if (finished === null) {
    await answer(interaction, { content: t('onboarding:answers.none', { member: `<@${member.id}>` }) });
    return;
  }
  await Promise.all([
    answer(interaction, answersView(t, finished, clock.now())),
    logChannel.post(guildId, 'info', lookedUpLogEntry(user.id, member.id), { whateverLevel: true }),
  ]);
}

function lookedUpLogEntry(by: string, member: string): LogEntry {
  return (t) => ({
    title: t('onboarding:answers.log'),
    description: t('onboarding:answers.logText', { by: `<@${by}>`, member: `<@${member}>` }),
  });
}

/** A member's answers, private ones included; with a file where they do not fit. */
export function answersView(
  t: Translate,
  { userId, content, answers, at, version, rulesAcceptedAt }: Finished,
  now: Date,
): Pick<InteractionReplyOptions, 'embeds' | 'files'> {
  const asked = content.questions.filter(({ id }) => id in answers);
  const texts = asked.map((question) => [question.text, answerText(question, answers[question.id])] as const);
  const isLong = texts.reduce((sum, [text, said]) => sum + text.length + said.length, 0) > SHOWN_MAX;
  return {
    embeds: [
      embed('info', {
        title: t('onboarding:answers.title'),
        description: [
          `<@${userId}>`,
          t('onboarding:answers.when', {
            when: time(at, 'F'),
            version,
            accepted:
              rulesAcceptedAt === null ? t('onboarding:answers.notAccepted') : time(rulesAcceptedAt, 'F'),
          }),
          ...(isLong ? [t('onboarding:answers.attached')] : []),
        ].join('\n'),
        fields: texts.map(([text, said]) => ({
          name: safeEmbedText(text, EMBED_FIELD_NAME_MAX),
          value: safeEmbedText(said, EMBED_FIELD_VALUE_MAX) || `*${t('onboarding:summary.none')}*`,
        })),
        at: now,
      }),
    ],
    files: isLong
      ? [
          {
            name: `onboarding-${userId}.txt`,
            attachment: Buffer.from(texts.map(([text, said]) => `${text}\n${said}\n`).join('\n')),
          },
        ]
      : [],
  };
}
