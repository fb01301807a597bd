import type { Option, Question, QuestionType } from './content.ts';

/** What was chosen, where choosing it leads to a question of its own. The seed's shape. */
export interface FollowedAnswer {
  readonly choice: string;
  /** Null while it is still to be asked. */
  readonly followup: string | null;
  readonly followup_label: string;
}

/** A text or the value of an option, several values, a choice with what followed from it, or null for what was skipped. */
export type Answer = string | readonly string[] | FollowedAnswer | null;

/** By the id of the question. */
export type Answers = Readonly<Record<string, Answer>>;

/** Lengths that a field of a modal takes. */
export const ANSWER_MAX: Readonly<Record<Exclude<QuestionType, 'select' | 'multiselect'>, number>> = {
  text: 300,
  paragraph: 1000,
  /** RFC 5321, section 4.5.3.1. */
  email: 254,
  number: 20,
};

export function isFollowed(answer: Answer | undefined): answer is FollowedAnswer {
  return typeof answer === 'object' && answer !== null && 'choice' in answer;
}

/** Deliberately wider than the standard's own grammar is narrow: one @, a dotted domain, no white space, nothing that quotes. */
const EMAIL = /^[^\s@<>()[\]\\,;:"]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,63}$/u;
const NUMBER = /^[+-]?\d{1,15}(?:[.,]\d{1,6})?$/;

/** Whether a typed answer has the form that its question asks for. */
export function hasForm(type: QuestionType, text: string): boolean {
  switch (type) {
    case 'email':
      return text.length <= ANSWER_MAX.email && EMAIL.test(text);
    case 'number':
      return NUMBER.test(text);
    default:
      return true;
  }
}

/** The options that an answer chose; empty for a typed one. */
export function chosenOptions(question: Question, answer: Answer | undefined): Option[] {
  if (answer === null || answer === undefined) return [];
  const values = isFollowed(answer) ? [answer.choice] : [answer].flat();
  return question.options.filter(({ value }) => values.includes(value));
}

/**
 * An answer as a person reads it: labels in place of values, what followed behind its choice. Empty for what was skipped.
 * Not escaped.
 */
export function answerText(question: Question, answer: Answer | undefined): string {
  if (answer === null || answer === undefined) return '';
  if (question.options.length === 0) return typeof answer === 'string' ? answer : '';
  const labels = chosenOptions(question, answer).map(({ label }) => label);
  const followup = isFollowed(answer) ? (answer.followup ?? '') : '';
  return [labels.join(', '), ...(followup === '' ? [] : [followup])].join(': ');
}
