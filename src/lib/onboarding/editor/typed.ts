import { ComponentType, type APIComponentInContainer, type Message } from 'discord.js';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import { truncate } from '#lib/text/sanitize';
import { RULE_DESCRIPTION_MAX } from '../content.ts';
import type { OptionInput, QuestionInput, RuleInput } from './checks.ts';

/**
 * What was typed in a modal and refused stands in the message below the refusal, and is read from there when the modal is opened
 * again: nothing is kept in this process, and nothing is lost when it ends. The number is the component's id in the message.
 */
const FIELDS = {
  title: [101, 'onboarding-editor:field.title'],
  ruleText: [102, 'onboarding-editor:field.description'],
  image: [103, 'onboarding-editor:field.image'],
  question: [111, 'onboarding-editor:field.question'],
  help: [112, 'onboarding-editor:field.help'],
  label: [121, 'onboarding-editor:field.label'],
  description: [122, 'onboarding-editor:field.description'],
  emoji: [123, 'onboarding-editor:field.emoji'],
  followup: [124, 'onboarding-editor:field.followup'],
  roles: [125, 'onboarding-editor:field.roles'],
} as const satisfies Record<string, readonly [number, SentenceKey]>;
type Field = keyof typeof FIELDS;

/** What was typed, as far as it is text. */
export type Typed = Partial<Record<Field, string>>;

/** The longest of the fields. */
const TEXT_MAX = RULE_DESCRIPTION_MAX;
const ZERO_WIDTH_SPACE = '\u200B';
const MENTION = /<@&(\d+)>/g;
const FENCED = /```\n([\s\S]*)\n```$/;

/** The texts as paragraphs that show them letter for letter; empty ones are left out. */
export function typedParts(t: Translate, typed: Typed): APIComponentInContainer[] {
  return (Object.keys(FIELDS) as Field[]).flatMap((field) => {
    const text = typed[field]?.trim() ?? '';
    if (text === '') return [];
    const [id, name] = FIELDS[field];
    const shown = field === 'roles' ? mentions(text) : fenced(text);
    return [{ type: ComponentType.TextDisplay as const, id, content: `**${t(name)}**\n${shown}` }];
  });
}

/** In a fence that no text can close. */
function fenced(text: string): string {
  const kept = truncate(text, TEXT_MAX).replaceAll(/`(?=`)/g, `\`${ZERO_WIDTH_SPACE}`);
  return `\`\`\`\n${kept}\n\`\`\``;
}

function mentions(roleIds: string): string {
  return roleIds.replaceAll(/\d+/g, '<@&$&>');
}

/** The texts that {@link typedParts} put into a message; empty where there are none. */
export function typedIn({ components }: Pick<Message, 'components'>): Record<Field, string> {
  const shown = new Map<number, string>();
  const visit = (component: unknown): void => {
    if (typeof component !== 'object' || component === null) return;
    const { id, content, components: inner } = component as Record<string, unknown>;
    if (typeof id === 'number' && typeof content === 'string') shown.set(id, content);
    if (Array.isArray(inner)) inner.forEach(visit);
  };
  for (const component of components) visit(component.toJSON());
  const read = ([field, [id]]: [string, readonly [number, SentenceKey]]) => {
    const content = shown.get(id) ?? '';
    const text =
      field === 'roles'
        ? Array.from(content.matchAll(MENTION), ([, role = '']) => role).join(' ')
        : (FENCED.exec(content)?.[1]?.replaceAll(`\`${ZERO_WIDTH_SPACE}`, '`') ?? '');
    return [field, text] as const;
  };
  return Object.fromEntries(Object.entries(FIELDS).map(read)) as Record<Field, string>;
}

export const typedRule = ({ title, description, imageUrl }: RuleInput): Typed => ({
  title,
  ruleText: description,
  image: imageUrl,
});

export const ruleTyped = ({ title, ruleText, image }: Record<Field, string>): RuleInput => ({
  title,
  description: ruleText,
  imageUrl: image,
});

export const typedQuestion = ({ text, help }: QuestionInput): Typed => ({ question: text, help });

/** @param kind and `flags` as {@link flagsOf} gives them: they stand in the button that opens the modal again. */
export const questionTyped = (
  { question, help }: Record<Field, string>,
  kind: string,
  flags: string,
): QuestionInput => ({
  type: kind,
  text: question,
  help,
  required: flags.includes('r'),
  isPrivate: flags.includes('p'),
});

/** What is ticked of a question, for a custom id. */
export function flagsOf({ required, isPrivate }: Pick<QuestionInput, 'required' | 'isPrivate'>): string {
  return `${required ? 'r' : ''}${isPrivate ? 'p' : ''}`;
}

export const typedOption = ({ label, description, emoji, followup, roleIds }: OptionInput): Typed => ({
  label,
  description,
  emoji,
  followup,
  roles: roleIds.join(' '),
});

export const optionTyped = ({
  label,
  description,
  emoji,
  followup,
  roles,
}: Record<Field, string>): OptionInput => ({
  label,
  description,
  emoji,
  followup,
  roleIds: roles === '' ? [] : roles.split(' '),
});
