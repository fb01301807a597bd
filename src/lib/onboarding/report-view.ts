import type { LogEntry } from '#lib/log-channel/log-channel';
import { safeEmbedText } from '#lib/text/sanitize';
import { EMBED_FIELD_NAME_MAX, EMBED_FIELD_VALUE_MAX } from '#lib/ui/limits';
import { answerText, type Answers } from './answers.ts';
import type { Content, Question } from './content.ts';

/** What staff are told of who finished; private answers are only counted. */
export function reportLogEntry(
  userId: string,
  { questions }: Content,
  answers: Answers,
  isAgain: boolean,
): LogEntry {
  return (t) => {
    // An e-mail address is private whatever the question says.
    const isHidden = ({ isPrivate, type }: Question): boolean => isPrivate || type === 'email';
    const hidden = questions.filter(
      (question) => isHidden(question) && (answers[question.id] ?? null) !== null,
    );
    const shown = questions.filter((question) => !isHidden(question) && question.id in answers);
    return {
      title: t(isAgain ? 'onboarding:report.again' : 'onboarding:report.title'),
      description: [
        `<@${userId}>`,
        ...(Object.keys(answers).length === 0 ? [t('onboarding:report.rulesOnly')] : []),
        ...(hidden.length > 0 ? [t('onboarding:report.private', { count: hidden.length })] : []),
      ].join('\n'),
      fields: shown.map((question) => {
        const text = safeEmbedText(answerText(question, answers[question.id]), EMBED_FIELD_VALUE_MAX);
        return {
          name: safeEmbedText(question.text, EMBED_FIELD_NAME_MAX),
          value: text === '' ? `*${t('onboarding:summary.none')}*` : text,
        };
      }),
    };
  };
}
