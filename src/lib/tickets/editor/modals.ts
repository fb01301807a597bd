import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
  type ModalSubmitInteraction,
} from 'discord.js';
import { EMOJI_MAX } from '#lib/discord/emoji';
import type { Translate } from '#lib/i18n/translate';
import { labelled, textInput } from '#lib/ui/modal-inputs';
import { CATEGORY_DESCRIPTION_MAX, CATEGORY_NAME_MAX, OPEN_LIMIT_MAX } from '../categories.ts';
import { fieldKinds, HELP_MAX, LABEL_MAX } from '../form.ts';
import { OPTIONS_TEXT_MAX, type CategoryInput, type FieldInput } from './checks.ts';
import { kindHint, kindName } from './words.ts';

/** The ids of the inputs in the modals. */
const INPUTS = {
  name: 'name',
  description: 'description',
  emoji: 'emoji',
  limit: 'limit',
  label: 'label',
  kind: 'kind',
  help: 'help',
  options: 'options',
  flags: 'flags',
} as const;
const REQUIRED = 'required';
const LIMIT_TEXT_MAX = 2;

/** The modal in which a category is written. */
export function categoryModal(
  t: Translate,
  custom_id: string,
  isNew: boolean,
  { name, description, emoji, limit }: CategoryInput,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id,
    title: isNew ? t('ticket-setup:button.addCategory') : t('ticket-setup:modal.editCategory'),
    components: [
      labelled(
        t('ticket-setup:field.name'),
        textInput(INPUTS.name, name, CATEGORY_NAME_MAX, { required: true }),
        t('ticket-setup:modal.nameHint'),
      ),
      labelled(
        t('ticket-setup:field.description'),
        textInput(INPUTS.description, description, CATEGORY_DESCRIPTION_MAX),
        t('ticket-setup:modal.descriptionHint'),
      ),
      labelled(
        t('ticket-setup:field.emoji'),
        textInput(INPUTS.emoji, emoji, EMOJI_MAX),
        t('ticket-setup:modal.emojiHint'),
      ),
      labelled(
        t('ticket-setup:field.limit'),
        textInput(INPUTS.limit, limit, LIMIT_TEXT_MAX),
        t('ticket-setup:modal.limitHint', { maximum: OPEN_LIMIT_MAX }),
      ),
    ],
  };
}

/** What was written in the modal of a category. */
export function readCategoryModal({ fields }: ModalSubmitInteraction): CategoryInput {
  return {
    name: fields.getTextInputValue(INPUTS.name),
    description: fields.getTextInputValue(INPUTS.description),
    emoji: fields.getTextInputValue(INPUTS.emoji),
    limit: fields.getTextInputValue(INPUTS.limit),
  };
}

/** The modal in which a field of a form is written. */
export function fieldModal(
  t: Translate,
  custom_id: string,
  isNew: boolean,
  input: FieldInput,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id,
    title: isNew ? t('ticket-setup:button.addField') : t('ticket-setup:modal.editField'),
    components: [
      labelled(
        t('ticket-setup:field.label'),
        textInput(INPUTS.label, input.label, LABEL_MAX, { required: true }),
      ),
      labelled(t('ticket-setup:field.kind'), {
        type: ComponentType.StringSelect,
        custom_id: INPUTS.kind,
        required: true,
        options: fieldKinds.map((value) => ({
          label: kindName(t, value),
          value,
          description: kindHint(t, value),
          default: value === input.kind,
        })),
      }),
      labelled(
        t('ticket-setup:field.help'),
        textInput(INPUTS.help, input.help, HELP_MAX),
        t('ticket-setup:modal.helpHint'),
      ),
      labelled(
        t('ticket-setup:field.options'),
        textInput(INPUTS.options, input.options, OPTIONS_TEXT_MAX, { style: TextInputStyle.Paragraph }),
        t('ticket-setup:modal.optionsHint'),
      ),
      labelled(t('ticket-setup:field.flags'), {
        type: ComponentType.CheckboxGroup,
        custom_id: INPUTS.flags,
        required: false,
        min_values: 0,
        options: [
          {
            label: t('ticket-setup:modal.required'),
            value: REQUIRED,
            description: t('ticket-setup:modal.requiredHint'),
            default: input.required,
          },
        ],
      }),
    ],
  };
}

/** What was written and chosen in the modal of a field. */
export function readFieldModal({ fields }: ModalSubmitInteraction): FieldInput {
  return {
    kind: fields.getStringSelectValues(INPUTS.kind)[0] ?? '',
    label: fields.getTextInputValue(INPUTS.label),
    help: fields.getTextInputValue(INPUTS.help),
    options: fields.getTextInputValue(INPUTS.options),
    required: fields.getCheckboxGroup(INPUTS.flags).includes(REQUIRED),
  };
}
