import type { SentenceKey, Translate } from '#lib/i18n/translate';
import { escapeMarkdown } from '#lib/text/sanitize';
import { typedFields } from '#lib/ui/typed';
import type { TicketCategory } from '../categories.ts';
import { hasOptions, type FieldKind, type FormField } from '../form.ts';
import { OPTIONS_TEXT_MAX } from './checks.ts';

const KINDS = {
  short: ['ticket-setup:kind.short', 'ticket-setup:kindHint.short'],
  paragraph: ['ticket-setup:kind.paragraph', 'ticket-setup:kindHint.paragraph'],
  select: ['ticket-setup:kind.select', 'ticket-setup:kindHint.select'],
  multiselect: ['ticket-setup:kind.multiselect', 'ticket-setup:kindHint.multiselect'],
  file: ['ticket-setup:kind.file', 'ticket-setup:kindHint.file'],
} as const satisfies Record<FieldKind, readonly [SentenceKey, SentenceKey]>;

/** How a field is answered, in a few words. */
export const kindName = (t: Translate, kind: FieldKind): string => t(KINDS[kind][0]);
/** The same in a sentence. */
export const kindHint = (t: Translate, kind: FieldKind): string => t(KINDS[kind][1]);

/** What else is to be known of a field, in a few words each. */
export function fieldTraits(t: Translate, { kind, required, options }: FormField): string[] {
  return [
    kindName(t, kind),
    ...(hasOptions(kind) ? [t('ticket-setup:trait.options', { count: options.length })] : []),
    ...(required ? [] : [t('ticket-setup:trait.optional')]),
  ];
}

/** What a category is called and says, as an admin reads it. */
export function categoryText(
  t: Translate,
  {
    name,
    emoji,
    description,
    openLimit,
  }: Pick<TicketCategory, 'name' | 'emoji' | 'description' | 'openLimit'>,
): string {
  return [
    // Checked when it was stored: one emoji and nothing else.
    `${emoji === null ? '' : `${emoji} `}**${escapeMarkdown(name)}**`,
    ...(description === null ? [] : [escapeMarkdown(description)]),
    `-# ${
      openLimit === null
        ? t('ticket-setup:category.limitAsServer')
        : t('ticket-setup:category.limit', { count: openLimit })
    }`,
  ].join('\n');
}

/** What a field asks, and how it is answered. */
export function fieldText(t: Translate, field: FormField): string {
  return [
    `**${escapeMarkdown(field.label)}**`,
    ...(field.help === null ? [] : [escapeMarkdown(field.help)]),
    `-# ${fieldTraits(t, field).join(' · ')}`,
  ].join('\n');
}

/** What was typed in a modal and refused. */
export const typed = typedFields(
  {
    name: { id: 201, name: 'ticket-setup:field.name' },
    description: { id: 202, name: 'ticket-setup:field.description' },
    emoji: { id: 203, name: 'ticket-setup:field.emoji' },
    limit: { id: 204, name: 'ticket-setup:field.limit' },
    label: { id: 211, name: 'ticket-setup:field.label' },
    help: { id: 212, name: 'ticket-setup:field.help' },
    options: { id: 213, name: 'ticket-setup:field.options' },
  },
  OPTIONS_TEXT_MAX,
);
