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

/** A modal holds five fields, and one of each form is always asked. */
export const FIELDS_MAX = 5;

/** A file that was given with a form, as Discord describes it. */
export interface FormFile {
  readonly attachmentId: string;
  readonly name: string;
  readonly url: string;
  readonly contentType: string | null;
  readonly bytes: number;
}
