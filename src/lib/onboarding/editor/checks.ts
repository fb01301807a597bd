import { UserError } from '#lib/errors/user-error';
import type { SentenceKey } from '#lib/i18n/translate';
import { isDrawn, oneLine } from '#lib/text/one-line';
import { plainText, safeEmbedText } from '#lib/text/sanitize';
import {
  HELP_MAX,
  IMAGE_URL_MAX,
  isChosen,
  OPTION_DESCRIPTION_MAX,
  OPTION_LABEL_MAX,
  OPTION_ROLES_MAX,
  questionMax,
  questionTypes,
  RULE_DESCRIPTION_MAX,
  RULE_TITLE_MAX,
  TYPED_QUESTION_MAX,
  type Option,
  type Question,
  type QuestionType,
  type Rule,
} from '../content.ts';
import { requireEmoji } from '#lib/discord/emoji';

/** What somebody wants a rule to say; empty texts mean none. */
export interface RuleInput {
  readonly title: string;
  readonly description: string;
  readonly imageUrl: string;
}
export type RuleValues = Omit<Rule, 'id'>;

/** What somebody wants a question to be, apart from its options. */
export interface QuestionInput {
  readonly type: string;
  readonly text: string;
  readonly help: string;
  readonly required: boolean;
  readonly isPrivate: boolean;
}
export type QuestionValues = Omit<Question, 'id' | 'options'>;

/** What somebody wants an option to be. */
export interface OptionInput {
  readonly label: string;
  readonly description: string;
  readonly emoji: string;
  readonly followup: string;
  readonly roleIds: readonly string[];
}
export type OptionValues = Omit<Option, 'value'>;

const SNOWFLAKE = /^\d{15,20}$/;
/** A name with a dot and an ending of letters: what Discord would fetch from. */
const PUBLIC_HOST = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)$/;
/** Of an address that is quoted. */
const QUOTED_MAX = 100;

function requireText(text: string, most: number, field: SentenceKey): string {
  const line = oneLine(text);
  if (line === null) throw new UserError('onboarding-editor:invalid.empty', { field: [field] });
  return requireShort(line, most, field);
}

function optionalText(text: string, most: number, field: SentenceKey): string | null {
  const line = oneLine(text);
  return line === null ? null : requireShort(line, most, field);
}

function requireShort(text: string, maximum: number, field: SentenceKey): string {
  if (text.length > maximum)
    throw new UserError('onboarding-editor:invalid.long', { field: [field], maximum, length: text.length });
  return text;
}

/**
 * A rule as it may be stored and every screen can show it.
 * @throws UserError that names what does not fit, and the limit.
 */
export function checkRule({ title, description, imageUrl }: RuleInput): RuleValues {
  const text = plainText(description).trim();
  return {
    title: requireText(title, RULE_TITLE_MAX, 'onboarding-editor:field.title'),
    description: requireShort(
      isDrawn(text) ? text : '',
      RULE_DESCRIPTION_MAX,
      'onboarding-editor:field.description',
    ),
    imageUrl: checkImage(imageUrl.trim()),
  };
}

function checkImage(typed: string): string | null {
  if (typed === '') return null;
  const input = safeEmbedText(typed, QUOTED_MAX);
  if (!URL.canParse(typed)) throw new UserError('onboarding-editor:invalid.image', { input });
  const { protocol, hostname, username, password, href } = new URL(typed);
  const isFetched = protocol === 'https:' && PUBLIC_HOST.test(hostname) && username + password === '';
  if (!isFetched) throw new UserError('onboarding-editor:invalid.image', { input });
  return requireShort(href, IMAGE_URL_MAX, 'onboarding-editor:field.image');
}

/**
 * A question as it may be stored and every screen can show it.
 * @param options those that it has already.
 * @throws UserError that names what does not fit, and the limit; also when its options would be lost by the new kind.
 */
export function checkQuestion(input: QuestionInput, options: readonly Option[] = []): QuestionValues {
  const type = requireType(input.type);
  const chosen = isChosen({ type });
  if (!chosen && options.length > 0)
    throw new UserError('onboarding-editor:invalid.hasOptions', { count: options.length });
  const asking = options.find(({ followup }) => followup !== null);
  if (type === 'multiselect' && asking !== undefined)
    throw new UserError('onboarding-editor:invalid.hasFollowups', { option: safeEmbedText(asking.label) });
  const text = requireText(input.text, Number.POSITIVE_INFINITY, 'onboarding-editor:field.question');
  if (!chosen && text.length > questionMax(type))
    throw new UserError('onboarding-editor:invalid.typedQuestion', {
      maximum: questionMax(type),
      length: text.length,
    });
  return {
    type,
    text: requireShort(text, questionMax(type), 'onboarding-editor:field.question'),
    help: optionalText(input.help, HELP_MAX, 'onboarding-editor:field.help'),
    required: input.required,
    isPrivate: input.isPrivate,
  };
}

function requireType(text: string): QuestionType {
  const type = questionTypes.find((one) => one === text);
  if (type === undefined)
    throw new UserError('onboarding-editor:invalid.kind', { input: safeEmbedText(text, QUOTED_MAX) });
  return type;
}

/**
 * An option as it may be stored and every screen can show it. Whether the bot can give its roles and use its emoji is for
 * who knows the guild.
 * @param others the other options of its question.
 * @throws UserError that names what does not fit, and the limit.
 */
export function checkOption(
  input: OptionInput,
  type: QuestionType,
  others: readonly Pick<Option, 'label'>[] = [],
): OptionValues {
  const label = requireText(input.label, OPTION_LABEL_MAX, 'onboarding-editor:field.label');
  const same = (other: string): boolean => other.toLowerCase() === label.toLowerCase();
  if (others.some((other) => same(other.label)))
    throw new UserError('onboarding-editor:invalid.sameLabel', { label: safeEmbedText(label) });
  const followup = optionalText(input.followup, TYPED_QUESTION_MAX, 'onboarding-editor:field.followup');
  if (followup !== null && type !== 'select') throw new UserError('onboarding-editor:invalid.followup');
  const roleIds = [...new Set(input.roleIds)];
  const noRole = roleIds.find((id) => !SNOWFLAKE.test(id));
  if (noRole !== undefined)
    throw new UserError('config:invalid.role', { input: safeEmbedText(noRole, QUOTED_MAX) });
  if (roleIds.length > OPTION_ROLES_MAX)
    throw new UserError('onboarding-editor:invalid.roles', { maximum: OPTION_ROLES_MAX });
  return {
    label,
    description: optionalText(
      input.description,
      OPTION_DESCRIPTION_MAX,
      'onboarding-editor:field.description',
    ),
    emoji: input.emoji.trim() === '' ? null : requireEmoji(input.emoji.trim()),
    followup,
    roleIds,
  };
}
