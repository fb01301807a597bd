import {
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
  type ModalSubmitInteraction,
} from 'discord.js';
import { EMOJI_MAX } from '#lib/discord/emoji';
import type { Translate } from '#lib/i18n/translate';
import { labelled, textInput } from '#lib/ui/modal-inputs';
import {
  CHOSEN_QUESTION_MAX,
  HELP_MAX,
  IMAGE_URL_MAX,
  OPTION_DESCRIPTION_MAX,
  OPTION_LABEL_MAX,
  OPTION_ROLES_MAX,
  questionTypes,
  RULE_DESCRIPTION_MAX,
  RULE_TITLE_MAX,
  TYPED_QUESTION_MAX,
  type QuestionType,
} from '../content.ts';
import type { OptionInput, QuestionInput, RuleInput } from './checks.ts';
import { kindName } from './parts.ts';

/** The ids of the inputs in the modals. */
export const INPUTS = {
  title: 'title',
  description: 'description',
  image: 'image',
  text: 'text',
  kind: 'kind',
  help: 'help',
  flags: 'flags',
  label: 'label',
  emoji: 'emoji',
  followup: 'followup',
  roles: 'roles',
} as const;

/** What is ticked in the modal of a question. */
const REQUIRED = 'required';
const PRIVATE = 'private';

/** The modal in which a rule is written. */
export function ruleModal(
  t: Translate,
  custom_id: string,
  isNew: boolean,
  { title, description, imageUrl }: RuleInput,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id,
    title: isNew ? t('onboarding-editor:button.addRule') : t('onboarding-editor:modal.editRule'),
    components: [
      labelled(
        t('onboarding-editor:field.title'),
        textInput(INPUTS.title, title, RULE_TITLE_MAX, { required: true }),
      ),
      labelled(
        t('onboarding-editor:field.description'),
        textInput(INPUTS.description, description, RULE_DESCRIPTION_MAX, { style: TextInputStyle.Paragraph }),
      ),
      labelled(
        t('onboarding-editor:field.image'),
        textInput(INPUTS.image, imageUrl, IMAGE_URL_MAX),
        t('onboarding-editor:modal.imageHint'),
      ),
    ],
  };
}

/** What was written in the modal of a rule. */
export function readRule({ fields }: ModalSubmitInteraction): RuleInput {
  return {
    title: fields.getTextInputValue(INPUTS.title),
    description: fields.getTextInputValue(INPUTS.description),
    imageUrl: fields.getTextInputValue(INPUTS.image),
  };
}

const KIND_HINTS = {
  select: 'onboarding-editor:kindHint.select',
  multiselect: 'onboarding-editor:kindHint.multiselect',
  text: 'onboarding-editor:kindHint.text',
  paragraph: 'onboarding-editor:kindHint.paragraph',
  email: 'onboarding-editor:kindHint.email',
  number: 'onboarding-editor:kindHint.number',
} as const satisfies Record<QuestionType, string>;

/** The modal in which a question is written. */
export function questionModal(
  t: Translate,
  custom_id: string,
  isNew: boolean,
  { type, text, help, required, isPrivate }: QuestionInput,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id,
    title: isNew ? t('onboarding-editor:button.addQuestion') : t('onboarding-editor:modal.editQuestion'),
    components: [
      labelled(
        t('onboarding-editor:field.question'),
        textInput(INPUTS.text, text, CHOSEN_QUESTION_MAX, { required: true }),
        t('onboarding-editor:modal.questionHint', { maximum: TYPED_QUESTION_MAX }),
      ),
      labelled(t('onboarding-editor:field.kind'), {
        type: ComponentType.StringSelect,
        custom_id: INPUTS.kind,
        required: true,
        options: questionTypes.map((value) => ({
          label: kindName(t, value),
          value,
          description: t(KIND_HINTS[value]),
          default: value === type,
        })),
      }),
      labelled(
        t('onboarding-editor:field.help'),
        textInput(INPUTS.help, help, HELP_MAX),
        t('onboarding-editor:modal.helpHint'),
      ),
      labelled(t('onboarding-editor:field.flags'), {
        type: ComponentType.CheckboxGroup,
        custom_id: INPUTS.flags,
        required: false,
        min_values: 0,
        options: [
          {
            label: t('onboarding-editor:modal.required'),
            value: REQUIRED,
            description: t('onboarding-editor:modal.requiredHint'),
            default: required,
          },
          {
            label: t('onboarding-editor:modal.private'),
            value: PRIVATE,
            description: t('onboarding-editor:modal.privateHint'),
            default: isPrivate,
          },
        ],
      }),
    ],
  };
}

/** What was written and ticked in the modal of a question. */
export function readQuestion({ fields }: ModalSubmitInteraction): QuestionInput {
  const flags = fields.getCheckboxGroup(INPUTS.flags);
  return {
    type: fields.getStringSelectValues(INPUTS.kind)[0] ?? '',
    text: fields.getTextInputValue(INPUTS.text),
    help: fields.getTextInputValue(INPUTS.help),
    required: flags.includes(REQUIRED),
    isPrivate: flags.includes(PRIVATE),
  };
}

/**
 * The modal in which an option is written.
 * @param type of its question: only where one is chosen may that lead to a further question.
 * @param input its roles are those that the guild still has; Discord refuses others as chosen beforehand.
 */
export function optionModal(
  t: Translate,
  custom_id: string,
  isNew: boolean,
  type: QuestionType,
  input: OptionInput,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id,
    title: isNew ? t('onboarding-editor:button.addOption') : t('onboarding-editor:modal.editOption'),
    components: [
      labelled(
        t('onboarding-editor:field.label'),
        textInput(INPUTS.label, input.label, OPTION_LABEL_MAX, { required: true }),
      ),
      labelled(
        t('onboarding-editor:field.description'),
        textInput(INPUTS.description, input.description, OPTION_DESCRIPTION_MAX),
        t('onboarding-editor:modal.descriptionHint'),
      ),
      labelled(
        t('onboarding-editor:field.emoji'),
        textInput(INPUTS.emoji, input.emoji, EMOJI_MAX),
        t('onboarding-editor:modal.emojiHint'),
      ),
      ...(type === 'select'
        ? [
            labelled(
              t('onboarding-editor:field.followup'),
              textInput(INPUTS.followup, input.followup, TYPED_QUESTION_MAX),
              t('onboarding-editor:modal.followupHint'),
            ),
          ]
        : []),
      labelled(
        t('onboarding-editor:field.roles'),
        {
          type: ComponentType.RoleSelect,
          custom_id: INPUTS.roles,
          required: false,
          min_values: 0,
          max_values: OPTION_ROLES_MAX,
          ...(input.roleIds.length > 0 && {
            default_values: input.roleIds.map((id) => ({ id, type: SelectMenuDefaultValueType.Role })),
          }),
        },
        t('onboarding-editor:modal.rolesHint', { maximum: OPTION_ROLES_MAX }),
      ),
    ],
  };
}

/** What was written and chosen in the modal of an option. */
export function readOption({ fields }: ModalSubmitInteraction): OptionInput {
  const chosen = fields.getField(INPUTS.roles);
  return {
    label: fields.getTextInputValue(INPUTS.label),
    description: fields.getTextInputValue(INPUTS.description),
    emoji: fields.getTextInputValue(INPUTS.emoji),
    followup: fields.fields.has(INPUTS.followup) ? fields.getTextInputValue(INPUTS.followup) : '',
    roleIds: 'values' in chosen ? [...chosen.values] : [],
  };
}
