import type {
  APIInteractionDataResolved,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';
import type { ComponentData } from '../state/components.ts';
import { childrenOf } from '../state/components.ts';
import type { FileInput } from '../state/files.ts';
import { ClientRefusal } from './client-refusal.ts';
import type { Reference } from './names.ts';
import type { PickContext } from './option-values.ts';
import { isFile, uploadFile } from './option-values.ts';
import { pickValues } from './selecting.ts';
import { isSelect } from './seen-components.ts';

const LONGEST_TEXT = 4000;

export interface SeenField {
  label: string;
  description: string;
  customId: string;
  type: ComponentType;
  required: boolean;
  /** What is filled in beforehand. */
  value: string;
  placeholder: string;
  options: { label: string; value: string }[];
}

/** A modal as a person sees it. */
export interface SeenModal {
  title: string;
  customId: string;
  fields: SeenField[];
}

/** What a person fills in: a text, what they choose, whether a box is ticked, or files. */
export type FieldInput =
  | string
  | boolean
  | { readonly id: string }
  | FileInput
  | readonly (Reference | FileInput)[];

interface Field extends SeenField {
  component: ComponentData;
}

export function seeModal(modal: APIModalInteractionResponseCallbackData): SeenModal {
  return {
    title: modal.title,
    customId: modal.custom_id,
    fields: fieldsOf(modal).map(({ component: _component, ...seen }) => seen),
  };
}

function componentsOf(modal: APIModalInteractionResponseCallbackData): ComponentData[] {
  return modal.components as unknown as ComponentData[];
}

/** The fields of labels and of the older rows alike. */
function fieldsOf(modal: APIModalInteractionResponseCallbackData): Field[] {
  return componentsOf(modal).flatMap((top) =>
    childrenOf(top).map((component) => {
      const isLabel = top.type === ComponentType.Label;
      return {
        label: text(isLabel ? top.label : component.label),
        description: isLabel ? text(top.description) : '',
        customId: component.custom_id ?? '',
        type: component.type,
        required: component.required !== false && component.type !== ComponentType.Checkbox,
        value: text(component.value),
        placeholder: text(component.placeholder),
        options: (component.options ?? []) as SeenField['options'],
        component,
      };
    }),
  );
}

export interface ModalSubmission {
  custom_id: string;
  components: unknown[];
  resolved?: APIInteractionDataResolved;
}

/** What the client sends. `input` names fields by label or custom id; those left out keep what they show. */
export function readSubmission(
  modal: APIModalInteractionResponseCallbackData,
  input: Record<string, FieldInput>,
  context: PickContext,
): ModalSubmission {
  const fields = fieldsOf(modal);
  const unknown = Object.keys(input).find(
    (key) => !fields.some(({ label, customId }) => key === label || key === customId),
  );
  if (unknown !== undefined) {
    const names = fields.map(({ label }) => `"${label}"`).join(', ');
    throw new ClientRefusal(`"${modal.title}" has no field "${unknown}"; it has ${names}.`);
  }
  const submitted = new Map(
    fields.map((field) => [
      field.component,
      submitField(field, input[field.label] ?? input[field.customId], context),
    ]),
  );
  const components = componentsOf(modal).map((top) => {
    const { type, id } = top;
    if (top.type === ComponentType.Label && top.component)
      return { type, id, component: submitted.get(top.component) };
    if (top.type === ComponentType.ActionRow) {
      return { type, id, components: (top.components ?? []).map((component) => submitted.get(component)) };
    }
    return { type, id };
  });
  const resolved = context.resolved?.data;
  return { custom_id: modal.custom_id, components, ...(resolved ? { resolved } : {}) };
}

function submitField(
  field: Field,
  input: FieldInput | undefined,
  context: PickContext,
): Record<string, unknown> {
  const { component } = field;
  const base = { type: component.type, id: component.id, custom_id: component.custom_id };
  switch (component.type) {
    case ComponentType.TextInput:
      return {
        ...base,
        value: checkText(field, input ?? field.value),
      };
    case ComponentType.FileUpload:
      return { ...base, values: uploadFiles(field, input, context) };
    case ComponentType.Checkbox:
      return { ...base, value: input === undefined ? component.default === true : input === true };
    case ComponentType.RadioGroup: {
      const values = input === undefined ? defaultsOf(component) : choose(field, input, context, 1);
      demand(field, values);
      return { ...base, value: values[0] ?? null };
    }
    default: {
      const most = component.type === ComponentType.CheckboxGroup ? field.options.length : 1;
      const values = input === undefined ? defaultsOf(component) : choose(field, input, context, most);
      demand(field, values);
      return { ...base, values };
    }
  }
}

function uploadFiles(field: Field, input: FieldInput | undefined, context: PickContext): string[] {
  const given = (Array.isArray(input) ? input : input === undefined ? [] : [input]) as readonly FieldInput[];
  const files = given.filter(isFile);
  const { component, label } = field;
  if (files.length < given.length) throw new ClientRefusal(`"${label}" takes files.`);
  demand(
    field,
    files.map(({ filename }) => filename),
  );
  const fewest = typeof component.min_values === 'number' ? component.min_values : 1;
  const most = typeof component.max_values === 'number' ? component.max_values : 1;
  if (files.length > 0 && files.length < fewest) {
    throw new ClientRefusal(`"${label}": Select at least ${fewest}.`);
  }
  if (files.length > most) throw new ClientRefusal(`"${label}": Select at most ${most}.`);
  return files.map((file) => uploadFile(file, context));
}

function choose(field: Field, input: FieldInput, context: PickContext, most: number): string[] {
  if (typeof input === 'boolean') throw new ClientRefusal(`"${field.label}" is not a box to tick.`);
  if (Array.isArray(input) && input.length === 0) return [];
  // Groups of boxes say less about how many may be chosen than selects do.
  const bounds = isSelect(field.component) ? {} : { min_values: 1, max_values: most };
  return pickValues({ ...bounds, ...field.component }, input as Reference | readonly Reference[], context);
}

function defaultsOf(component: ComponentData): string[] {
  const options = (component.options ?? []) as { value: string; default?: boolean }[];
  const chosen = (component.default_values ?? []) as { id: string }[];
  return [
    ...options.filter((option) => option.default).map(({ value }) => value),
    ...chosen.map(({ id }) => id),
  ];
}

function demand(field: Field, values: readonly string[]): void {
  if (field.required && values.length === 0)
    throw new ClientRefusal(`"${field.label}": This field is required.`);
}

function checkText(field: Field, value: FieldInput): string {
  if (typeof value !== 'string') throw new ClientRefusal(`"${field.label}" is a text.`);
  const { component, label } = field;
  const shortest = typeof component.min_length === 'number' ? component.min_length : 0;
  const longest = typeof component.max_length === 'number' ? component.max_length : LONGEST_TEXT;
  if (value === '') {
    if (field.required) throw new ClientRefusal(`"${label}": This field is required.`);
    return value;
  }
  if (value.length < shortest) throw new ClientRefusal(`"${label}": Must be ${shortest} or more in length.`);
  if (value.length > longest) throw new ClientRefusal(`"${label}": Must be ${longest} or fewer in length.`);
  return value;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
