import { createHash } from 'node:crypto';
import { LABEL_DESCRIPTION_MAX, LABEL_TEXT_MAX, SELECT_OPTION_TEXT_MAX } from '#lib/ui/limits';

/** How a field of a form is filled in. */
export const fieldKinds = ['short', 'paragraph', 'select', 'multiselect', 'file'] as const;
export type FieldKind = (typeof fieldKinds)[number];

export interface FieldOption {
  readonly value: string;
  readonly label: string;
  readonly description: string | null;
}

/** One thing that a category's form asks. */
export interface FormField {
  /** Unique in its form. */
  readonly id: string;
  readonly kind: FieldKind;
  readonly label: string;
  readonly help: string | null;
  readonly required: boolean;
  /** Of selects. */
  readonly options: readonly FieldOption[];
}

/** What was asked and answered; labels as they were shown. */
export type FormAnswer =
  | { readonly kind: 'short' | 'paragraph'; readonly label: string; readonly value: string }
  | { readonly kind: 'select' | 'multiselect'; readonly label: string; readonly values: readonly string[] }
  | {
      readonly kind: 'file';
      readonly label: string;
      /** The files themselves are rows of `ticket_files` without a message. */
      readonly files: readonly { readonly attachmentId: string; readonly name: string }[];
    };

/** A modal holds five. */
export const FIELDS_MAX = 5;

export const LABEL_MAX = LABEL_TEXT_MAX;
export const HELP_MAX = LABEL_DESCRIPTION_MAX;
export const OPTIONS_MAX = 25;
export const OPTION_TEXT_MAX = SELECT_OPTION_TEXT_MAX;
/** Of answers that are typed. */
export const SHORT_MAX = 250;
export const PARAGRAPH_MAX = 4000;
/** Files that one field takes. */
export const FILES_MAX = 10;

/** Whether a field is answered by choosing. */
export function hasOptions(kind: FieldKind): kind is 'select' | 'multiselect' {
  return kind === 'select' || kind === 'multiselect';
}

/**
 * The custom id of a field's input. It changes with what is asked, so that an answer is never taken for one to another question
 * that took its place while the form was open.
 */
export function inputId({ id, kind, label, options }: FormField): string {
  const asked = JSON.stringify([kind, label, options.map(({ value, label: name }) => [value, name])]);
  return `${id}-${createHash('sha256').update(asked).digest('hex').slice(0, 12)}`;
}
