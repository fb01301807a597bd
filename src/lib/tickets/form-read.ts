import { ComponentType, type ModalSubmitInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { isDrawn } from '#lib/text/one-line';
import { plainText, safeEmbedText, truncate } from '#lib/text/sanitize';
import type { TicketCategory } from './categories.ts';
import type { NewFile } from './files/rows.ts';
import { ABOUT_INPUT } from './form-modal.ts';
import {
  hasOptions,
  inputId,
  PARAGRAPH_MAX,
  SHORT_MAX,
  type FieldOption,
  type FormAnswer,
  type FormField,
} from './form.ts';

/** What a member filled in. */
export interface FilledForm {
  /** What it is about, for lists; at most 4,000 characters. */
  readonly description: string;
  /** What was answered; empty where only the description was asked. */
  readonly answers: readonly FormAnswer[];
  readonly files: readonly NewFile[];
}

type Fields = ModalSubmitInteraction['fields'];

/**
 * Reads what a member filled in.
 * @param category as it is now; null: the general kind.
 * @throws UserError when something must be answered, or the form asks something else than when it was opened.
 */
export function readForm(
  { fields }: Pick<ModalSubmitInteraction, 'fields'>,
  category: Pick<TicketCategory, 'name' | 'form'> | null,
): FilledForm {
  const form = category?.form ?? [];
  const expected = form.length === 0 ? [ABOUT_INPUT] : form.map(inputId);
  if (fields.fields.size !== expected.length || !expected.every((id) => fields.fields.has(id)))
    throw new UserError('ticket-setup:form.changed');
  if (form.length === 0) {
    const description = typedText(fields, ABOUT_INPUT, PARAGRAPH_MAX);
    if (description === '') throw new UserError('ticket-setup:form.aboutEmpty');
    return { description, answers: [], files: [] };
  }
  const read = form.map((field) => readField(fields, field));
  const answers = read.flatMap(({ answer }) => (answer === null ? [] : [answer]));
  return {
    description: descriptionOf(answers) ?? category?.name ?? '',
    answers,
    files: read.flatMap(({ files }) => files),
  };
}

function typedText(fields: Fields, id: string, most: number): string {
  const text = plainText(fields.getTextInputValue(id)).trim();
  return isDrawn(text) ? truncate(text, most) : '';
}

interface ReadField {
  readonly answer: FormAnswer | null;
  readonly files: readonly NewFile[];
}

function readField(fields: Fields, field: FormField): ReadField {
  const read = answerTo(fields, field);
  if (field.required && read.answer === null)
    throw new UserError('ticket-setup:form.empty', { field: safeEmbedText(field.label) });
  return read;
}

function answerTo(fields: Fields, field: FormField): ReadField {
  const { kind, label } = field;
  const id = inputId(field);
  if (kind === 'file') {
    const files = filesOf(fields, id);
    const named = files.map(({ attachmentId, name }) => ({ attachmentId, name }));
    return { answer: files.length === 0 ? null : { kind, label, files: named }, files };
  }
  if (hasOptions(kind)) {
    const chosen = chosenOf(fields, id, field.options).map((option) => option.label);
    return { answer: chosen.length === 0 ? null : { kind, label, values: chosen }, files: [] };
  }
  const value = typedText(fields, id, kind === 'short' ? SHORT_MAX : PARAGRAPH_MAX);
  return { answer: value === '' ? null : { kind, label, value }, files: [] };
}

function chosenOf(fields: Fields, id: string, options: readonly FieldOption[]): FieldOption[] {
  const values = fields.getStringSelectValues(id);
  return options.filter(({ value }) => values.includes(value));
}

function filesOf(fields: Fields, id: string): NewFile[] {
  const files = fields.getUploadedFiles(id);
  return Array.from(files?.values() ?? [], ({ id: attachmentId, name, url, contentType, size }) => ({
    attachmentId,
    name: plainText(name),
    url,
    contentType,
    bytes: size,
  }));
}

/** The first text that says something, else what was chosen or given. */
function descriptionOf(answers: readonly FormAnswer[]): string | null {
  const texts = answers.map((answer) => {
    if ('value' in answer) return answer.value;
    return 'values' in answer ? answer.values.join(', ') : answer.files.map(({ name }) => name).join(', ');
  });
  const typed = answers.findIndex((answer) => 'value' in answer);
  const text = texts[Math.max(typed, 0)];
  return text === undefined || !isDrawn(text) ? null : truncate(text, PARAGRAPH_MAX);
}

/**
 * All that a member typed and chose, to be given back where no ticket came of it; null when there is nothing to give back.
 * @param category as it is now; it tells what was asked, as far as it still is.
 */
export function typedInForm(
  { fields }: Pick<ModalSubmitInteraction, 'fields'>,
  category: Pick<TicketCategory, 'form'> | null,
): string | null {
  const parts = [...fields.fields.values()].flatMap((input) => {
    const asked = category?.form.find((field) => inputId(field) === input.customId);
    const text =
      input.type === ComponentType.TextInput
        ? plainText(input.value).trim()
        : 'values' in input && input.type === ComponentType.StringSelect
          ? labelsOf(asked, input.values).join(', ')
          : '';
    if (text === '') return [];
    return [asked === undefined ? text : `${asked.label}\n${text}`];
  });
  return parts.length === 0 ? null : parts.join('\n\n');
}

function labelsOf(field: FormField | undefined, values: readonly string[]): string[] {
  return values.map((value) => field?.options.find((option) => option.value === value)?.label ?? value);
}
