import { ButtonStyle, ComponentType, type APIContainerComponent } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { escapeMarkdown, safeEmbedText } from '#lib/text/sanitize';
import { button, noteText, row, textDisplay, type Note } from '#lib/ui/components';
import { truncate } from '#lib/text/sanitize';
import { SELECT_OPTION_TEXT_MAX } from '#lib/ui/limits';
import { answerText } from '../answers.ts';
import { onboardingIds } from '../custom-ids.ts';
import { pagesOf, questionsOf } from './flow.ts';
import type { Session } from './sessions.ts';

/** Of all questions and answers together; the rest of Discord's 4,000 is for what stands around them. */
const SUMMARY_TEXT_MAX = 3400;
/** A question is shown at least this far, so that one knows it again. */
const SHOWN_QUESTION_MAX = 60;

/** Everything that was answered, to be confirmed or changed. */
export function summaryScreen(t: Translate, session: Session, note: Note | null): APIContainerComponent {
  const questions = questionsOf(session.content, session.mode);
  const room = Math.floor(SUMMARY_TEXT_MAX / Math.max(1, questions.length)) - SHOWN_QUESTION_MAX - 10;
  const lines = questions.map((question) => {
    const answer = safeEmbedText(answerText(question, session.answers[question.id]), room);
    return `**${safeEmbedText(question.text, SHOWN_QUESTION_MAX)}**\n${answer === '' ? `*${t('onboarding:summary.none')}*` : answer}`;
  });
  const ofSession = { session: session.id };
  return {
    type: ComponentType.Container,
    components: [
      textDisplay(`## ${t('onboarding:summary.title')}`),
      ...noteText(note),
      ...(lines.length > 0 ? [textDisplay(lines.join('\n'))] : []),
      ...(questions.length > 0
        ? [
            row({
              type: ComponentType.StringSelect,
              custom_id: onboardingIds.build('change', ofSession),
              placeholder: t('onboarding:summary.change'),
              options: questions.map(({ id, text }) => ({
                label: truncate(text, SELECT_OPTION_TEXT_MAX),
                value: String(id),
              })),
            }),
          ]
        : []),
      row(
        button(
          t('onboarding:summary.confirm'),
          onboardingIds.build('confirm', ofSession),
          ButtonStyle.Success,
        ),
        ...(pagesOf(session.content, session).length > 0
          ? [button(t('onboarding:back'), onboardingIds.build('back', { ...ofSession, page: '' }))]
          : []),
      ),
    ],
  };
}

/** What is said at the end, after which nothing can be pressed any more. */
export function endScreen(title: string, paragraphs: readonly string[]): APIContainerComponent {
  return {
    type: ComponentType.Container,
    components: [textDisplay([`## ${escapeMarkdown(title)}`, ...paragraphs].join('\n'))],
  };
}
