import { ButtonStyle, type APIComponentInContainer } from 'discord.js';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import { button, row, textDisplay } from '#lib/ui/components';
import type { Option, Question, QuestionType } from '../content.ts';

/** What asks once more before something is deleted, in place of its buttons. */
export function deletingParts(
  t: Translate,
  question: string,
  deleteId: string,
  keepId: string,
): APIComponentInContainer[] {
  return [
    textDisplay(question),
    row(
      button(t('onboarding-editor:button.deleteNow'), deleteId, ButtonStyle.Danger),
      button(t('onboarding-editor:button.keep'), keepId),
    ),
  ];
}

const KINDS: Readonly<Record<QuestionType, SentenceKey>> = {
  select: 'onboarding-editor:kind.select',
  multiselect: 'onboarding-editor:kind.multiselect',
  text: 'onboarding-editor:kind.text',
  paragraph: 'onboarding-editor:kind.paragraph',
  email: 'onboarding-editor:kind.email',
  number: 'onboarding-editor:kind.number',
};

/** How a question is answered, in a few words. */
export function kindName(t: Translate, type: QuestionType): string {
  return t(KINDS[type]);
}

/** What else is to be known of a question, in a few words each. */
export function questionTraits(
  t: Translate,
  { type, required, isPrivate }: Pick<Question, 'type' | 'required' | 'isPrivate'>,
): string[] {
  return [
    kindName(t, type),
    ...(required ? [] : [t('onboarding-editor:trait.skippable')]),
    ...(isPrivate ? [t('onboarding-editor:trait.private')] : []),
  ];
}

/** What else is to be known of an option, in a few words each. */
export function optionTraits(t: Translate, { followup, roleIds }: Option): string[] {
  return [
    ...(followup === null ? [] : [t('onboarding-editor:trait.followup')]),
    ...(roleIds.length === 0 ? [] : [t('onboarding-editor:trait.roles', { count: roleIds.length })]),
  ];
}
