import type { SentenceKey, SentenceValues } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { requireUsableChannel, requireUsableRole } from '#lib/discord/usable';
import { definitions } from '#lib/settings/definitions';
import { escapeMarkdown } from '#lib/text/sanitize';
import { openModal, update, type Answerable, type ComponentInteraction } from '#lib/ui/answer';
import type { Note } from '#lib/ui/components';
import { refusal, settle } from '#lib/ui/editing';
import { readCategory } from '../categories.ts';
import type { TicketDeps } from '../deps.ts';
import {
  deleteCategory,
  moveCategory,
  placeCategory,
  turnCategory,
  type Place,
  type Seen,
} from './changes.ts';
import type { SetupId } from './custom-ids.ts';
import { deleteField, moveField } from './field-changes.ts';
import { outdated, requireId, requireOneOf, requireVersion } from './ids.ts';
import { modalFor, opensModal, type OpeningId } from './openers.ts';
import { showCategory, showField, showForm, showHome, type Screen, type Viewer } from './screens.ts';

type Component = ComponentInteraction<'cached'>;
type ActingId = Exclude<SetupId, OpeningId>;
/** Shows where the person is, as it is now, with what there is to say. */
type Show = (note: Note | null) => Promise<Screen>;
/** What was done. */
interface Done {
  readonly sentence: SentenceKey;
  readonly values?: SentenceValues;
}

/** Does what a button or a select stands for, and shows the result in its place. */
export async function useSetupComponent(
  deps: TicketDeps,
  t: Viewer['t'],
  interaction: Component,
  id: SetupId,
): Promise<void> {
  const viewer: Viewer = { deps, guild: interaction.guild, t };
  if (!opensModal(id)) return act(viewer, interaction, id);
  const modal = await modalFor(viewer, id, interaction.message).catch((error: unknown) => refusal(t, error));
  if ('custom_id' in modal) return openModal(interaction, modal);
  await update(interaction, { components: await showAfter(viewer, id)(modal) });
}

/** Where a person is after a modal could not be opened. */
function showAfter(viewer: Viewer, id: OpeningId): Show {
  return (note) => {
    if (!('id' in id) || id.id === '') return showHome(viewer, note);
    if ('field' in id && id.field !== '') return showField(viewer, requireId(id.id), id.field, note);
    return id.action === 'addField' || id.action === 'againField'
      ? showForm(viewer, requireId(id.id), note)
      : showCategory(viewer, requireId(id.id), note);
  };
}

async function act(viewer: Viewer, interaction: Component, id: ActingId): Promise<void> {
  switch (id.action) {
    case 'home':
      return show(interaction, showHome(viewer, null));
    case 'open':
      return show(interaction, showCategory(viewer, requireId(picked(interaction)), null));
    case 'show':
      return show(interaction, showCategory(viewer, requireId(id.id), null));
    case 'askDelete':
      return show(interaction, showCategory(viewer, requireId(id.id), null, true));
    case 'form':
      return show(interaction, showForm(viewer, requireId(id.id), null));
    case 'openField':
      return show(interaction, showField(viewer, requireId(id.id), picked(interaction), null));
    case 'showField':
      return show(interaction, showField(viewer, requireId(id.id), id.field, null));
    case 'askDeleteField':
      return show(interaction, showField(viewer, requireId(id.id), id.field, null, true));
    case 'parent':
    case 'staff':
    case 'escalation':
    case 'move':
    case 'turn':
    case 'delete':
      return changeCategory(viewer, interaction, id);
    case 'moveField':
    case 'deleteField':
      return changeField(viewer, interaction, id);
    case 'create':
    case 'save':
    case 'createField':
    case 'saveField':
    case 'previewed':
    case 'barred':
      // Only modals have these, or another list.
      throw outdated();
  }
}

async function show(interaction: Component, screen: Promise<Screen>): Promise<void> {
  await update(interaction, { components: await screen });
}

/** For the log channel: what somebody changed of which category. */
function changedLogEntry(category: string, done: Done, by: string): LogEntry {
  return (t) => ({
    title: t('ticket-setup:log.changed'),
    description: t(done.sentence, done.values),
    fields: [
      { name: t('ticket-setup:log.category'), value: escapeMarkdown(category), inline: true },
      { name: t('ticket-setup:log.by'), value: `<@${by}>`, inline: true },
    ],
  });
}

/** Tells the log channel what somebody changed, and gives back what to tell them. */
export async function doneNote(
  { deps, guild, t }: Viewer,
  { user }: Answerable,
  category: string,
  done: Done,
): Promise<Note> {
  await deps.logChannel.post(guild.id, 'info', changedLogEntry(category, done, user.id));
  return { kind: 'done', text: t(done.sentence, done.values) };
}

type ChangingId = Extract<
  ActingId,
  { action: 'parent' | 'staff' | 'escalation' | 'move' | 'turn' | 'delete' }
>;

async function changeCategory(viewer: Viewer, interaction: Component, id: ChangingId): Promise<void> {
  const { deps, guild } = viewer;
  const now = deps.clock.now();
  const seen: Seen = { id: requireId(id.id), seen: requireVersion(id.seen) };
  const here: Show = (note) => showCategory(viewer, seen.id, note);
  const tell = async (done: Done): Promise<Note> => {
    const category = await readCategory(deps.db, guild.id, seen.id);
    return doneNote(viewer, interaction, category?.name ?? '', done);
  };
  return settle(
    viewer.t,
    interaction,
    async () => {
      switch (id.action) {
        case 'move':
          await moveCategory(deps.db, guild.id, seen, requireOneOf(id.way, 'up', 'down'), now);
          return here(null);
        case 'turn': {
          const isOn = requireOneOf(id.to, 'on', 'off') === 'on';
          await turnCategory(deps.db, guild.id, seen, isOn, now);
          return here(await tell({ sentence: isOn ? 'ticket-setup:done.on' : 'ticket-setup:done.off' }));
        }
        case 'delete': {
          const name = await deleteCategory(deps.db, guild.id, seen, now);
          return showHome(
            viewer,
            await doneNote(viewer, interaction, name, { sentence: 'ticket-setup:done.deleted' }),
          );
        }
        default: {
          const { place, done } = placeIn(viewer, interaction, id.action);
          await placeCategory(deps.db, guild.id, seen, place, now);
          return here(await tell(done));
        }
      }
    },
    here,
  );
}

const PLACES = {
  parent: ['ticket-setup:done.parent', 'ticket-setup:done.parentAsServer'],
  staff: ['ticket-setup:done.staff', 'ticket-setup:done.staffAsServer'],
  escalation: ['ticket-setup:done.escalation', 'ticket-setup:done.escalationAsServer'],
} as const;

/**
 * What was picked in a select of a category.
 * @throws UserError when the bot cannot use it.
 */
function placeIn(
  { guild }: Viewer,
  interaction: Component,
  what: keyof typeof PLACES,
): { readonly place: Partial<Place>; readonly done: Done } {
  const isFitting = what === 'parent' ? interaction.isChannelSelectMenu() : interaction.isRoleSelectMenu();
  if (!isFitting || !interaction.isAnySelectMenu()) throw outdated();
  const [picked] = interaction.values;
  const [chosen, cleared] = PLACES[what];
  if (what === 'parent') {
    const definition = definitions['ticketbot.category_id'];
    const parentId = picked === undefined ? null : requireUsableChannel(guild, picked, definition);
    return {
      place: { parentId },
      done:
        parentId === null
          ? { sentence: cleared }
          : { sentence: chosen, values: { channel: `<#${parentId}>` } },
    };
  }
  const definition = definitions['ticketbot.staff_role_id'];
  const roleId = picked === undefined ? null : requireUsableRole(guild, picked, definition);
  return {
    place: what === 'staff' ? { staffRoleId: roleId } : { escalationRoleId: roleId },
    done: roleId === null ? { sentence: cleared } : { sentence: chosen, values: { role: `<@&${roleId}>` } },
  };
}

async function changeField(
  viewer: Viewer,
  interaction: Component,
  id: Extract<ActingId, { action: 'moveField' | 'deleteField' }>,
): Promise<void> {
  const { deps, guild, t } = viewer;
  const now = deps.clock.now();
  const seen = { id: requireId(id.id), seen: requireVersion(id.seen), field: id.field };
  const here: Show = (note) => showField(viewer, seen.id, seen.field, note);
  return settle(
    viewer.t,
    interaction,
    async () => {
      if (id.action === 'moveField') {
        await moveField(deps.db, guild.id, seen, requireOneOf(id.way, 'up', 'down'), now);
        return here(null);
      }
      await deleteField(deps.db, guild.id, seen, now);
      return showForm(viewer, seen.id, { kind: 'done', text: t('ticket-setup:done.fieldDeleted') });
    },
    here,
  );
}

function picked(interaction: Component): string {
  if (!interaction.isStringSelectMenu()) throw outdated();
  return interaction.values[0] ?? '';
}
