import { requireEmoji } from '#lib/discord/emoji';
import { UserError } from '#lib/errors/user-error';
import type { SentenceKey } from '#lib/i18n/translate';
import { oneLine } from '#lib/text/one-line';
import { safeEmbedText } from '#lib/text/sanitize';
import {
  CATEGORY_DESCRIPTION_MAX,
  CATEGORY_NAME_MAX,
  OPEN_LIMIT_MAX,
  type TicketCategory,
} from '../categories.ts';
import {
  fieldKinds,
  hasOptions,
  HELP_MAX,
  LABEL_MAX,
  OPTION_TEXT_MAX,
  OPTIONS_MAX,
  type FieldKind,
  type FieldOption,
  type FormField,
} from '../form.ts';

/** What somebody wants a category to be; empty texts mean none. */
export interface CategoryInput {
  readonly name: string;
  readonly description: string;
  readonly emoji: string;
  readonly limit: string;
}
export type CategoryValues = Pick<TicketCategory, 'name' | 'description' | 'emoji' | 'openLimit'>;

/** What somebody wants a field to be. `options` has one on each line, its description behind a bar. */
export interface FieldInput {
  readonly kind: string;
  readonly label: string;
  readonly help: string;
  readonly required: boolean;
  readonly options: string;
}
export type FieldValues = Omit<FormField, 'id'>;

/** All options of a field as they are typed; what was refused must fit into a message. */
export const OPTIONS_TEXT_MAX = 1400;
/** Of what is quoted. */
const QUOTED_MAX = 100;
const BAR = '|';

function requireText(text: string, most: number, field: SentenceKey): string {
  const line = oneLine(text);
  if (line === null) throw new UserError('ticket-setup:invalid.empty', { field: [field] });
  return requireShort(line, most, field);
}

function optionalText(text: string, most: number, field: SentenceKey): string | null {
  const line = oneLine(text);
  return line === null ? null : requireShort(line, most, field);
}

function requireShort(text: string, maximum: number, field: SentenceKey): string {
  if (text.length > maximum)
    throw new UserError('ticket-setup:invalid.long', { field: [field], maximum, length: text.length });
  return text;
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * A category as it may be stored and every panel can show it. Whether the bot can use its emoji is for who knows the guild.
 * @param others the other categories of the guild.
 * @throws UserError that names what does not fit, and the limit.
 */
export function checkCategory(
  input: CategoryInput,
  others: readonly Pick<TicketCategory, 'name'>[] = [],
): CategoryValues {
  const name = requireText(input.name, CATEGORY_NAME_MAX, 'ticket-setup:field.name');
  if (others.some((other) => isSame(other.name, name)))
    throw new UserError('ticket-setup:invalid.sameName', { name: safeEmbedText(name) });
  const emoji = input.emoji.trim();
  return {
    name,
    description: optionalText(input.description, CATEGORY_DESCRIPTION_MAX, 'ticket-setup:field.description'),
    emoji: emoji === '' ? null : requireEmoji(emoji),
    openLimit: limitIn(input.limit.trim()),
  };
}

function limitIn(text: string): number | null {
  if (text === '') return null;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > OPEN_LIMIT_MAX)
    throw new UserError('ticket-setup:invalid.limit', {
      maximum: OPEN_LIMIT_MAX,
      input: safeEmbedText(text, QUOTED_MAX),
    });
  return limit;
}

/**
 * A field as it may be stored and Discord shows it.
 * @throws UserError that names what does not fit, and the limit.
 */
export function checkField(input: FieldInput): FieldValues {
  const kind = requireKind(input.kind);
  const label = requireText(input.label, LABEL_MAX, 'ticket-setup:field.label');
  const help = optionalText(input.help, HELP_MAX, 'ticket-setup:field.help');
  const options = optionsIn(input.options);
  if (!hasOptions(kind) && options.length > 0)
    throw new UserError('ticket-setup:invalid.optionsUnused', { count: options.length });
  if (hasOptions(kind) && options.length === 0) throw new UserError('ticket-setup:invalid.optionsMissing');
  return { kind, label, help, required: input.required, options };
}

function requireKind(text: string): FieldKind {
  const kind = fieldKinds.find((one) => one === text);
  if (kind === undefined)
    throw new UserError('ticket-setup:invalid.kind', { input: safeEmbedText(text, QUOTED_MAX) });
  return kind;
}

/** The options of a text with one on each line. What is stored of one is its label, for no two are the same. */
function optionsIn(text: string): FieldOption[] {
  requireShort(text, OPTIONS_TEXT_MAX, 'ticket-setup:field.options');
  const options: FieldOption[] = [];
  for (const line of text.split(/\r\n?|\n/)) {
    if (oneLine(line) === null) continue;
    const [first = '', ...rest] = line.split(BAR);
    const label = requireText(first, OPTION_TEXT_MAX, 'ticket-setup:field.option');
    if (options.some((other) => isSame(other.label, label)))
      throw new UserError('ticket-setup:invalid.sameOption', { option: safeEmbedText(label) });
    const description = optionalText(rest.join(BAR), OPTION_TEXT_MAX, 'ticket-setup:field.optionDescription');
    options.push({ value: label, label, description });
  }
  if (options.length > OPTIONS_MAX)
    throw new UserError('ticket-setup:invalid.optionsMany', { maximum: OPTIONS_MAX, count: options.length });
  return options;
}

/** Options as they are typed. */
export function optionsText(options: readonly FieldOption[]): string {
  return options
    .map(({ label, description }) => (description === null ? label : `${label} ${BAR} ${description}`))
    .join('\n');
}
