import type { UserError } from '#lib/errors/user-error';
import { defaultLocale, translator, type SentenceKey } from '#lib/i18n/translate';
import { HttpProblem } from './problem.ts';

/** What a refusal is when it is not about what was sent. */
const STATUSES: Partial<Record<SentenceKey, 403 | 404 | 409>> = {
  'config:changedMeanwhile': 409,
  'config:changedSince': 409,
  'config:invalid.roleNotYours': 403,
  'config:noSuchEntry': 404,
  'faq:changedMeanwhile': 409,
  'faq:notDeleted': 409,
  'faq:unknown': 404,
  'onboarding-editor:changedMeanwhile': 409,
  'onboarding-editor:deletedMeanwhile': 404,
  'onboarding-editor:invalid.fullQuestions': 409,
  'onboarding-editor:invalid.fullRules': 409,
  'onboarding-editor:optionDeletedMeanwhile': 404,
  'reminders:disabled': 403,
  'reminders:edit.busy': 409,
  'reminders:edit.changed': 409,
  'reminders:edit.gone': 404,
  'reminders:edit.notYours': 403,
  'reminders:everyone.bot': 403,
  'reminders:everyone.guild': 403,
  'reminders:everyone.host': 403,
  'reminders:everyone.member': 403,
  'reminders:noSuchReminder': 404,
  'reminders:notYours': 403,
  'reminders:target.member': 403,
  'reminders:tooMany': 409,
};

/** A refusal in the words that a person reads in Discord, in English; 422 where it is about what was sent. */
export function problemOfUserError(error: UserError): HttpProblem {
  const sentence = translator(defaultLocale)(error.sentence, error.values);
  return new HttpProblem(STATUSES[error.sentence] ?? 422, sentence, { cause: error });
}
