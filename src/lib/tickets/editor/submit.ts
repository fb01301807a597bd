import type { ModalSubmitInteraction } from 'discord.js';
import { emojiByName, requireEmoji, requireKnownEmoji } from '#lib/discord/emoji';
import { update } from '#lib/ui/answer';
import type { Note } from '#lib/ui/components';
import { settle } from '#lib/ui/editing';
import { categoriesOf } from '../categories.ts';
import type { TicketDeps } from '../deps.ts';
import { doneNote } from './actions.ts';
import { addCategory, editCategory } from './changes.ts';
import type { CategoryInput, FieldInput } from './checks.ts';
import { setupIds, type SetupId } from './custom-ids.ts';
import { addField, editField } from './field-changes.ts';
import { outdated, requireId, requireVersion } from './ids.ts';
import { readCategoryModal, readFieldModal } from './modals.ts';
import { REQUIRED_FLAG } from './openers.ts';
import { showCategory, showField, showForm, showHome, type Screen, type Viewer } from './screens.ts';
import { refusedScreen } from './views.ts';
import { categoryText, fieldText, typed } from './words.ts';
import { fieldKinds } from '../form.ts';

type Submission = ModalSubmitInteraction<'cached'>;

/** Does what was written in a modal, and shows the result; a refusal gives back what was typed. */
export async function submitSetup(
  deps: TicketDeps,
  t: Viewer['t'],
  interaction: Submission,
  id: SetupId,
): Promise<void> {
  const viewer: Viewer = { deps, guild: interaction.guild, t };
  switch (id.action) {
    case 'create':
      return submitCategory(viewer, interaction, null);
    case 'save':
      return submitCategory(viewer, interaction, { id: requireId(id.id), seen: requireVersion(id.seen) });
    case 'createField':
      return submitField(viewer, interaction, requireId(id.id), null);
    case 'saveField':
      return submitField(viewer, interaction, requireId(id.id), {
        field: id.field,
        seen: requireVersion(id.seen),
      });
    case 'previewed': {
      const note: Note = { kind: 'done', text: t('ticket-setup:done.previewed') };
      const screen = id.id === '' ? showHome(viewer, note) : showForm(viewer, requireId(id.id), note);
      return update(interaction, { components: await screen });
    }
    default:
      throw outdated();
  }
}

async function submitCategory(
  viewer: Viewer,
  interaction: Submission,
  seen: { readonly id: number; readonly seen: string } | null,
): Promise<void> {
  const { deps, guild } = viewer;
  const input = readCategoryModal(interaction);
  const save = async (): Promise<Screen> => {
    const now = deps.clock.now();
    const usable = await withUsableEmoji(viewer, input);
    const id = seen?.id ?? (await addCategory(deps.db, guild.id, usable, now));
    if (seen !== null) await editCategory(deps.db, guild.id, seen, usable, now);
    const sentence = seen === null ? 'ticket-setup:done.added' : 'ticket-setup:done.saved';
    return showCategory(viewer, id, await doneNote(viewer, interaction, input.name, { sentence }));
  };
  await settle(viewer.t, interaction, save, (note) => categoryRefused(viewer, seen, input, note));
}

/** The name of one of the guild's emojis becomes that emoji. @throws UserError when the bot cannot use it. */
async function withUsableEmoji({ guild }: Viewer, input: CategoryInput): Promise<CategoryInput> {
  const emoji = emojiByName(guild, input.emoji).trim();
  if (emoji !== '') await requireKnownEmoji(guild, requireEmoji(emoji));
  return { ...input, emoji };
}

async function categoryRefused(
  { deps, guild, t }: Viewer,
  seen: { readonly id: number; readonly seen: string } | null,
  input: CategoryInput,
  note: Note,
): Promise<Screen> {
  const category = (await categoriesOf(deps.db, guild.id)).find(({ id }) => id === seen?.id);
  // One that is gone is written anew.
  const ids =
    category === undefined ? { id: '', seen: '' } : { id: String(category.id), seen: category.version };
  return refusedScreen(t, {
    note,
    now: category === undefined || category.version === seen?.seen ? null : categoryText(t, category),
    typed: typed.parts(t, { ...input }),
    again: setupIds.build('again', ids),
    back: category === undefined ? setupIds.build('home', {}) : setupIds.build('show', { id: ids.id }),
  });
}

async function submitField(
  viewer: Viewer,
  interaction: Submission,
  categoryId: number,
  seen: { readonly field: string; readonly seen: string } | null,
): Promise<void> {
  const { deps, guild, t } = viewer;
  const input = readFieldModal(interaction);
  const save = async (): Promise<Screen> => {
    const now = deps.clock.now();
    const field = seen?.field ?? (await addField(deps.db, guild.id, categoryId, input, now));
    if (seen !== null) await editField(deps.db, guild.id, { id: categoryId, ...seen }, input, now);
    const text = t(seen === null ? 'ticket-setup:done.fieldAdded' : 'ticket-setup:done.saved');
    return showField(viewer, categoryId, field, { kind: 'done', text });
  };
  await settle(viewer.t, interaction, save, (note) => fieldRefused(viewer, categoryId, seen, input, note));
}

async function fieldRefused(
  { deps, guild, t }: Viewer,
  categoryId: number,
  seen: { readonly field: string; readonly seen: string } | null,
  input: FieldInput,
  note: Note,
): Promise<Screen> {
  const category = (await categoriesOf(deps.db, guild.id)).find(({ id }) => id === categoryId);
  const field = category?.form.find(({ id }) => id === seen?.field);
  const ids = { id: String(categoryId), field: field?.id ?? '' };
  const { kind, label, help, options } = input;
  return refusedScreen(t, {
    note,
    now:
      field === undefined || category?.version === seen?.seen || category === undefined
        ? null
        : fieldText(t, field),
    typed: typed.parts(t, { label, help, options }),
    // Where its category is gone, there is nothing to add it to.
    again:
      category === undefined
        ? null
        : setupIds.build('againField', {
            ...ids,
            seen: field === undefined ? '' : category.version,
            kind: fieldKinds.some((one) => one === kind) ? kind : '',
            flags: input.required ? REQUIRED_FLAG : '',
          }),
    back:
      category === undefined
        ? setupIds.build('home', {})
        : field === undefined
          ? setupIds.build('form', { id: ids.id })
          : setupIds.build('showField', ids),
  });
}
