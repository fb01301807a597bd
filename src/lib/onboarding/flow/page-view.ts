import {
  ButtonStyle,
  ComponentType,
  TextInputStyle,
  type APIButtonComponentWithCustomId,
  type APIContainerComponent,
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuOption,
} from 'discord.js';
import { componentEmoji } from '#lib/discord/emoji';
import type { Translate } from '#lib/i18n/translate';
import { escapeMarkdown, safeEmbedText } from '#lib/text/sanitize';
import { button, noteText, row, textDisplay, type Note } from '#lib/ui/components';
import { chosenOptions } from '../answers.ts';
import type { Option, Question } from '../content.ts';
import { onboardingIds } from '../custom-ids.ts';
import {
  fieldAnswer,
  isAnswered,
  isOptional,
  type Field,
  type Page,
  type Problem,
  type Screen,
} from './flow.ts';
import type { Session } from './sessions.ts';

const QUOTED_MAX = 100;

/** An option as Discord lists it. */
function listedOption({ label, value, description, emoji }: Option, isDefault: boolean): APISelectMenuOption {
  return {
    label,
    value,
    default: isDefault,
    ...(description !== null && { description }),
    ...(emoji !== null && { emoji: componentEmoji(emoji) }),
  };
}

/** One page of questions. */
export function pageScreen(
  t: Translate,
  session: Session,
  { page, step, steps }: Extract<Screen, { kind: 'page' }>,
  note: Note | null,
  problems: readonly Problem[],
): APIContainerComponent {
  return {
    type: ComponentType.Container,
    components: [
      textDisplay(`-# ${t('onboarding:step', { step, steps })}`),
      ...noteText(note),
      ...(page.kind === 'choice'
        ? [textDisplay(questionText(t, page.question)), row(optionSelect(t, session, page.question))]
        : [
            textDisplay(page.fields.map((field) => fieldText(t, field)).join('\n')),
            ...(problems.length > 0 ? [textDisplay(problemsText(t, problems))] : []),
          ]),
      ...buttonsOf(t, session, page, step),
    ],
  };
}

function questionText(t: Translate, { text, help, required }: Question): string {
  return [
    `### ${escapeMarkdown(text)}`,
    ...(help === null ? [] : [escapeMarkdown(help)]),
    ...(required ? [] : [`-# ${t('onboarding:optional')}`]),
  ].join('\n');
}

function fieldText(t: Translate, { label, question, isFollowup }: Field): string {
  const help = isFollowup ? null : question.help;
  return [
    `### ${escapeMarkdown(label)}`,
    ...(help === null ? [] : [escapeMarkdown(help)]),
    ...(question.required ? [] : [`-# ${t('onboarding:optional')}`]),
  ].join('\n');
}

function problemsText(t: Translate, problems: readonly Problem[]): string {
  const lines = problems.map(({ why, label, typed }) =>
    t(`onboarding:invalid.${why}`, {
      question: escapeMarkdown(label),
      input: safeEmbedText(typed, QUOTED_MAX),
    }),
  );
  return [`⚠️ ${t('onboarding:fields.refused')}`, ...lines.map((line) => `- ${line}`)].join('\n');
}

function optionSelect(t: Translate, session: Session, question: Question) {
  const { id, type, options, required } = question;
  const isMany = type === 'multiselect';
  const chosen = new Set(chosenOptions(question, session.answers[id]).map(({ value }) => value));
  return {
    type: ComponentType.StringSelect as const,
    custom_id: onboardingIds.build('choose', { session: session.id, question: String(id) }),
    placeholder: t(isMany ? 'onboarding:chooseSome' : 'onboarding:choose'),
    min_values: required ? 1 : 0,
    max_values: isMany ? options.length : 1,
    options: options.map((option) => listedOption(option, chosen.has(option.value))),
  };
}

function buttonsOf(t: Translate, session: Session, page: Page, step: number) {
  const ofPage = { session: session.id, page: page.key };
  const ofSession = { session: session.id };
  const isDone = isAnswered(page, session.answers);
  const buttons: APIButtonComponentWithCustomId[] = [
    ...(page.kind === 'fields'
      ? [button(t('onboarding:fields.answer'), onboardingIds.build('open', ofPage), ButtonStyle.Primary)]
      : []),
    ...(isDone ? [button(t('onboarding:fields.continue'), onboardingIds.build('on', ofSession))] : []),
    ...(isOptional(page) && !isDone
      ? [button(t('onboarding:skip'), onboardingIds.build('skip', ofPage))]
      : []),
    ...(step > 1 ? [button(t('onboarding:back'), onboardingIds.build('back', ofPage))] : []),
  ];
  return buttons.length === 0 ? [] : [row(...buttons)];
}

/** The modal of a page of fields, filled in with what was answered or refused before. */
export function fieldsModal(
  t: Translate,
  session: Session,
  page: Extract<Page, { kind: 'fields' }>,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: onboardingIds.build('fields', { session: session.id, page: page.key }),
    title: t('onboarding:fields.title'),
    components: page.fields.map((field) => {
      const value = session.typed[field.key] ?? fieldAnswer(field, session.answers) ?? '';
      const help = field.isFollowup ? null : field.question.help;
      return {
        type: ComponentType.Label,
        label: field.label,
        ...(help !== null && { description: help }),
        component: {
          type: ComponentType.TextInput,
          custom_id: field.key,
          style:
            field.question.type === 'paragraph' && !field.isFollowup
              ? TextInputStyle.Paragraph
              : TextInputStyle.Short,
          required: field.question.required,
          max_length: field.maxLength,
          ...(value !== '' && { value }),
        },
      };
    }),
  };
}
