import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { categoriesOf, type TicketCategory } from '../categories.ts';
import { formModal } from '../form-modal.ts';
import type { FormField } from '../form.ts';
import { requireCategory, requireRoom } from './changes.ts';
import { optionsText, type CategoryInput, type FieldInput } from './checks.ts';
import { setupIds, type SetupId } from './custom-ids.ts';
import { requireField, requireRoomForField } from './field-changes.ts';
import { requireId, requireVersion } from './ids.ts';
import { categoryModal, fieldModal } from './modals.ts';
import type { Viewer } from './screens.ts';
import { typed } from './words.ts';

type Modal = APIModalInteractionResponseCallbackData;
type Shown = Parameters<typeof typed.readFrom>[0];

const OPENING = ['add', 'edit', 'again', 'addField', 'editField', 'againField', 'preview'] as const;
export type OpeningId = Extract<SetupId, { action: (typeof OPENING)[number] }>;

/** Whether a component opens a modal, in place of changing its message. */
export function opensModal(id: SetupId): id is OpeningId {
  return OPENING.some((action) => action === id.action);
}

const NEW_CATEGORY: CategoryInput = { name: '', description: '', emoji: '', limit: '' };
const NEW_FIELD: FieldInput = { kind: 'short', label: '', help: '', required: true, options: '' };
/** In the part of a custom id that says what is ticked. */
export const REQUIRED_FLAG = 'r';

const categoryInput = ({ name, description, emoji, openLimit }: TicketCategory): CategoryInput => ({
  name,
  description: description ?? '',
  emoji: emoji ?? '',
  limit: openLimit === null ? '' : String(openLimit),
});

const fieldInput = ({ kind, label, help, required, options }: FormField): FieldInput => ({
  kind,
  label,
  help: help ?? '',
  required,
  options: optionsText(options),
});

/**
 * The modal that a button opens: empty, filled in with what is there now, or with what was typed and refused.
 * @param message the one with the button.
 * @throws UserError when there is no room for a new one, or what is to be edited is gone.
 */
export async function modalFor({ deps, guild, t }: Viewer, id: OpeningId, message: Shown): Promise<Modal> {
  const categories = await categoriesOf(deps.db, guild.id);
  switch (id.action) {
    case 'add':
      requireRoom(categories);
      return categoryModal(t, setupIds.build('create', {}), true, NEW_CATEGORY);
    case 'edit': {
      const category = requireCategory(categories, requireId(id.id));
      const customId = setupIds.build('save', { id: id.id, seen: category.version });
      return categoryModal(t, customId, false, categoryInput(category));
    }
    case 'again': {
      const input = typed.readFrom(message);
      if (id.id === '') return categoryModal(t, setupIds.build('create', {}), true, input);
      const seen = { id: String(requireId(id.id)), seen: requireVersion(id.seen) };
      return categoryModal(t, setupIds.build('save', seen), false, input);
    }
    case 'preview': {
      const category = id.id === '' ? null : requireCategory(categories, requireId(id.id));
      return formModal(t, category, { customId: setupIds.build('previewed', { id: id.id }) });
    }
    case 'addField':
    case 'editField':
    case 'againField': {
      const category = requireCategory(categories, requireId(id.id));
      if (id.action === 'addField') requireRoomForField(category);
      if (id.action === 'addField' || (id.action === 'againField' && id.field === '')) {
        const input = id.action === 'addField' ? NEW_FIELD : refusedField(id, message);
        return fieldModal(t, setupIds.build('createField', { id: id.id }), true, input);
      }
      const { field } = id;
      const isAgain = id.action === 'againField';
      const seen = isAgain ? requireVersion(id.seen) : category.version;
      const input = isAgain ? refusedField(id, message) : fieldInput(requireField(category, field));
      return fieldModal(t, setupIds.build('saveField', { id: id.id, field, seen }), false, input);
    }
  }
}

function refusedField({ kind, flags }: { kind: string; flags: string }, message: Shown): FieldInput {
  return { ...typed.readFrom(message), kind, required: flags === REQUIRED_FLAG };
}
