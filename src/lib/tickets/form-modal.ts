import {
  ComponentType,
  TextInputStyle,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { truncate } from '#lib/text/sanitize';
import type { TicketCategory } from './categories.ts';
import { FILES_MAX, inputId, PARAGRAPH_MAX, SHORT_MAX, type FormField } from './form.ts';

/** The input of the form that asks only what it is about. */
export const ABOUT_INPUT = 'about';

interface Modal {
  readonly customId: string;
  /** What the member wrote already; it stands in the first field that takes text. */
  readonly text?: string;
  /** Whether the ticket is about a message, to which it will lead. */
  readonly isAboutMessage?: boolean;
}

/**
 * The modal in which a member says what a ticket is about.
 * @param category null: the general kind.
 */
export function formModal(
  t: Translate,
  category: Pick<TicketCategory, 'name' | 'form'> | null,
  { customId, text = '', isAboutMessage = false }: Modal,
): APIModalInteractionResponseCallbackData {
  const form = category?.form ?? [];
  const firstText = form.find(({ kind }) => kind === 'paragraph' || kind === 'short');
  return {
    custom_id: customId,
    title: category?.name ?? t('ticket-setup:form.title'),
    components:
      form.length === 0
        ? [aboutInput(t, text, isAboutMessage)]
        : form.map((field) => fieldInput(field, field === firstText ? text : '')),
  };
}

function aboutInput(t: Translate, text: string, isAboutMessage: boolean): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: t('ticket-setup:form.about'),
    description: isAboutMessage ? t('ticket-setup:form.aboutMessage') : t('ticket-setup:form.aboutHint'),
    component: {
      type: ComponentType.TextInput,
      custom_id: ABOUT_INPUT,
      style: TextInputStyle.Paragraph,
      required: true,
      max_length: PARAGRAPH_MAX,
      ...(text !== '' && { value: truncate(text, PARAGRAPH_MAX) }),
    },
  };
}

function fieldInput(field: FormField, text: string): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: field.label,
    ...(field.help !== null && { description: field.help }),
    component: inputOf(field, text),
  };
}

function inputOf(field: FormField, text: string): APILabelComponent['component'] {
  const { kind, required, options } = field;
  const custom_id = inputId(field);
  const min_values = required ? 1 : 0;
  switch (kind) {
    case 'short':
    case 'paragraph': {
      const max_length = kind === 'short' ? SHORT_MAX : PARAGRAPH_MAX;
      const value = truncate(text, max_length);
      return {
        type: ComponentType.TextInput,
        custom_id,
        style: kind === 'short' ? TextInputStyle.Short : TextInputStyle.Paragraph,
        required,
        max_length,
        ...(value !== '' && { value }),
      };
    }
    case 'select':
    case 'multiselect':
      return {
        type: ComponentType.StringSelect,
        custom_id,
        required,
        min_values,
        max_values: kind === 'select' ? 1 : options.length,
        options: options.map(({ value, label, description }) => ({
          value,
          label,
          ...(description !== null && { description }),
        })),
      };
    case 'file':
      return { type: ComponentType.FileUpload, custom_id, required, min_values, max_values: FILES_MAX };
  }
}
