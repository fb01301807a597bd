import { typedFields } from '#lib/ui/typed';
import { RULE_DESCRIPTION_MAX } from '../content.ts';
import type { OptionInput, QuestionInput, RuleInput } from './checks.ts';

const fields = typedFields(
  {
    title: { id: 101, name: 'onboarding-editor:field.title' },
    ruleText: { id: 102, name: 'onboarding-editor:field.description' },
    image: { id: 103, name: 'onboarding-editor:field.image' },
    question: { id: 111, name: 'onboarding-editor:field.question' },
    help: { id: 112, name: 'onboarding-editor:field.help' },
    label: { id: 121, name: 'onboarding-editor:field.label' },
    description: { id: 122, name: 'onboarding-editor:field.description' },
    emoji: { id: 123, name: 'onboarding-editor:field.emoji' },
    followup: { id: 124, name: 'onboarding-editor:field.followup' },
    roles: { id: 125, name: 'onboarding-editor:field.roles', isRoles: true },
  },
  RULE_DESCRIPTION_MAX,
);
export const typedParts = fields.parts;
export const typedIn = fields.readFrom;

type Shown = ReturnType<typeof typedIn>;
/** What was typed, as far as it is text. */
export type Typed = Partial<Shown>;

export const typedRule = ({ title, description, imageUrl }: RuleInput): Typed => ({
  title,
  ruleText: description,
  image: imageUrl,
});

export const ruleTyped = ({ title, ruleText, image }: Shown): RuleInput => ({
  title,
  description: ruleText,
  imageUrl: image,
});

export const typedQuestion = ({ text, help }: QuestionInput): Typed => ({ question: text, help });

/** @param kind and `flags` as {@link flagsOf} gives them: they stand in the button that opens the modal again. */
export const questionTyped = ({ question, help }: Shown, kind: string, flags: string): QuestionInput => ({
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

export const optionTyped = ({ label, description, emoji, followup, roles }: Shown): OptionInput => ({
  label,
  description,
  emoji,
  followup,
  roleIds: roles === '' ? [] : roles.split(' '),
});
