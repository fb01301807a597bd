import { ButtonStyle, type APIContainerComponent } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { button, row, textDisplay, type Note } from '#lib/ui/components';
import { buttonUnless, lineText, listLine, opener, screen, separator } from '#lib/ui/editing';
import type { TicketCategory } from '../categories.ts';
import { FIELDS_MAX, type FormField } from '../form.ts';
import { setupIds } from './custom-ids.ts';
import { deletingParts } from './views.ts';
import { fieldText, fieldTraits } from './words.ts';

/** The form of one category, and what leads to each field. Components V2. */
export function formScreen(
  t: Translate,
  category: TicketCategory,
  note: Note | null,
): APIContainerComponent[] {
  const { form } = category;
  const id = String(category.id);
  const isFull = form.length >= FIELDS_MAX;
  const lines = form.map((field, index) => listLine(index, field.label, fieldTraits(t, field)));
  return screen(
    t('ticket-setup:fields.title', { category: lineText(category.name) }),
    note,
    textDisplay(lines.length === 0 ? t('ticket-setup:fields.none') : lines.join('\n')),
    ...(isFull ? [textDisplay(t('ticket-setup:fields.full', { maximum: FIELDS_MAX }))] : []),
    ...opener(
      setupIds.build('openField', { id }),
      t('ticket-setup:fields.open'),
      form.map((field) => ({ value: field.id, text: field.label })),
    ),
    row(
      buttonUnless(
        isFull,
        t('ticket-setup:button.addField'),
        setupIds.build('addField', { id }),
        ButtonStyle.Primary,
      ),
      button(t('ticket-setup:button.preview'), setupIds.build('preview', { id })),
      button(t('ticket-setup:button.back'), setupIds.build('show', { id })),
    ),
  );
}

/** One field of a form, and what can be done with it. Components V2. */
export function fieldScreen(
  t: Translate,
  { id: categoryId, form, version: seen, name }: TicketCategory,
  field: FormField,
  note: Note | null,
  isDeleting = false,
): APIContainerComponent[] {
  const index = form.indexOf(field);
  const ids = { id: String(categoryId), field: field.id };
  const lines = field.options.map(({ label, description }, place) =>
    listLine(place, label, description === null ? [] : [lineText(description)]),
  );
  return screen(
    t('ticket-setup:fields.one', { number: index + 1, count: form.length, category: lineText(name) }),
    note,
    textDisplay([fieldText(t, field), ...lines].join('\n')),
    separator(),
    ...(isDeleting
      ? deletingParts(
          t,
          t('ticket-setup:fields.askDelete'),
          setupIds.build('deleteField', { ...ids, seen }),
          setupIds.build('showField', ids),
        )
      : [
          row(
            button(t('ticket-setup:button.edit'), setupIds.build('editField', ids), ButtonStyle.Primary),
            buttonUnless(
              index === 0,
              t('ticket-setup:button.up'),
              setupIds.build('moveField', { ...ids, seen, way: 'up' }),
            ),
            buttonUnless(
              index === form.length - 1,
              t('ticket-setup:button.down'),
              setupIds.build('moveField', { ...ids, seen, way: 'down' }),
            ),
            button(
              t('ticket-setup:button.delete'),
              setupIds.build('askDeleteField', ids),
              ButtonStyle.Danger,
            ),
            button(t('ticket-setup:button.back'), setupIds.build('form', { id: ids.id })),
          ),
        ]),
  );
}
