import { parseEmoji } from 'discord.js';
import { createHash } from 'node:crypto';
import { LABEL_TEXT_MAX, SELECT_OPTION_TEXT_MAX } from '#lib/ui/limits';

/** The seed's kinds, and two more. The first two are chosen from a list, the others are typed in a modal. */
export const questionTypes = ['select', 'multiselect', 'text', 'paragraph', 'email', 'number'] as const;
export type QuestionType = (typeof questionTypes)[number];

/** Each is a choice in the editor's own selects, which Discord ends at 25. */
export const RULES_MAX = 25;
export const QUESTIONS_MAX = 25;
export const OPTIONS_MAX = 25;

export const RULE_TITLE_MAX = 100;
export const RULE_DESCRIPTION_MAX = 1500;
export const IMAGE_URL_MAX = 500;
/** Of a question that is chosen from a list: it stands above the list. */
export const CHOSEN_QUESTION_MAX = 200;
/** Of a question that is typed, and of a follow-up: it is the label of a field, and Discord ends those here. */
export const TYPED_QUESTION_MAX = LABEL_TEXT_MAX;
export const HELP_MAX = 100;
export const OPTION_LABEL_MAX = SELECT_OPTION_TEXT_MAX;
export const OPTION_DESCRIPTION_MAX = SELECT_OPTION_TEXT_MAX;
/** Roles that one option gives. */
export const OPTION_ROLES_MAX = 5;

export interface Rule {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  /** An address that begins with https. */
  readonly imageUrl: string | null;
}

export interface Option {
  /** What is stored of it; stays when the label changes. */
  readonly value: string;
  readonly label: string;
  readonly description: string | null;
  /** A character, or a custom emoji as `<:name:id>` or `<a:name:id>`. */
  readonly emoji: string | null;
  readonly roleIds: readonly string[];
  /** What is asked of whoever chooses it; of a select only. */
  readonly followup: string | null;
}

export interface Question {
  readonly id: number;
  readonly type: QuestionType;
  readonly text: string;
  readonly help: string | null;
  /** Empty where the answer is typed. */
  readonly options: readonly Option[];
  readonly required: boolean;
  /** Left out of what staff are told of itself. */
  readonly isPrivate: boolean;
}

/** What members go through, in order. */
export interface Content {
  readonly rules: readonly Rule[];
  readonly questions: readonly Question[];
}

/** Whether the answer is chosen from a list. */
export function isChosen({ type }: Pick<Question, 'type'>): boolean {
  return type === 'select' || type === 'multiselect';
}

/** The longest that a question of a type may be. */
export function questionMax(type: QuestionType): number {
  return isChosen({ type }) ? CHOSEN_QUESTION_MAX : TYPED_QUESTION_MAX;
}

/** The content without custom emojis that the bot does not see any more. */
export function withoutLostEmojis(content: Content, isKnown: (emojiId: string) => boolean): Content {
  const kept = (emoji: string | null): string | null => {
    const id = emoji === null ? undefined : parseEmoji(emoji)?.id;
    return id === undefined || isKnown(id) ? emoji : null;
  };
  return {
    ...content,
    questions: content.questions.map((question) => ({
      ...question,
      options: question.options.map((option) => ({ ...option, emoji: kept(option.emoji) })),
    })),
  };
}

/** The same for rules that read the same; stored beside every acceptance. */
export function rulesHash(rules: readonly Rule[]): string {
  const read = rules.map(({ title, description, imageUrl }) => [title, description, imageUrl]);
  return createHash('sha256').update(JSON.stringify(read)).digest('hex');
}

/** Whether two versions of a question ask the same, so that an answer to one answers the other. */
export function asksTheSame(one: Question, other: Question): boolean {
  const asked = ({ type, text, options }: Question): string =>
    JSON.stringify([type, text, options.map(({ value, label, followup }) => [value, label, followup])]);
  return asked(one) === asked(other);
}
