import type { APIModalInteractionResponseCallbackData, Guild } from 'discord.js';
import type { Option } from '../content.ts';
import type { OptionInput, QuestionInput, RuleInput } from './checks.ts';
import { requireOption, requireRoomForOption } from './changes.ts';
import { editorIds, type EditorId } from './custom-ids.ts';
import { requireId, requireList, requireVersion } from './ids.ts';
import { optionModal, questionModal, ruleModal } from './modals.ts';
import { readList, requireRoom, requireRow, type ListName } from './rows.ts';
import type { Viewer } from './screens.ts';
import { optionTyped, questionTyped, ruleTyped, typedIn } from './typed.ts';

type Modal = APIModalInteractionResponseCallbackData;
type Shown = Parameters<typeof typedIn>[0];

const OPENING = ['add', 'edit', 'again', 'addOption', 'editOption', 'againOption'] as const;
export type OpeningId = Extract<EditorId, { action: (typeof OPENING)[number] }>;

/** Whether a component opens a modal, in place of changing its message. */
export function opensModal(id: EditorId): id is OpeningId {
  return OPENING.some((action) => action === id.action);
}

const NEW_RULE: RuleInput = { title: '', description: '', imageUrl: '' };
const NEW_QUESTION: QuestionInput = { type: 'select', text: '', help: '', required: true, isPrivate: false };
const NEW_OPTION: OptionInput = { label: '', description: '', emoji: '', followup: '', roleIds: [] };

/**
 * The modal that a button opens: empty, filled in with what is there now, or with what was typed and refused.
 * @param message the one with the button.
 * @throws UserError when there is no room for a new one, or what is to be edited is gone.
 */
export async function modalFor(viewer: Viewer, id: OpeningId, message: Shown): Promise<Modal> {
  const { deps, guild } = viewer;
  switch (id.action) {
    case 'add': {
      const list = requireList(id.list);
      requireRoom(list, (await readList(deps.db, guild.id, list)).length);
      return rowModal(viewer, list, null, list === 'rules' ? NEW_RULE : NEW_QUESTION);
    }
    case 'edit': {
      const list = requireList(id.list);
      const { row } = await requireRow(deps.db, guild.id, list, requireId(id.id));
      const seen = { id: id.id, seen: row.version };
      return rowModal(viewer, list, seen, 'title' in row ? ruleInput(row) : { ...row, help: row.help ?? '' });
    }
    case 'again': {
      const list = requireList(id.list);
      const typed = typedIn(message);
      const input = list === 'rules' ? ruleTyped(typed) : questionTyped(typed, id.kind, id.flags);
      if (id.id === '') return rowModal(viewer, list, null, input);
      requireId(id.id);
      return rowModal(viewer, list, { id: id.id, seen: requireVersion(id.seen) }, input);
    }
    case 'addOption':
    case 'editOption':
    case 'againOption':
      return optionModalFor(viewer, id, message);
  }
}

async function optionModalFor(
  { deps, guild, t }: Viewer,
  id: Extract<OpeningId, { question: string }>,
  message: Shown,
): Promise<Modal> {
  const { row } = await requireRow(deps.db, guild.id, 'questions', requireId(id.question));
  const open = (option: string, seen: string, input: OptionInput): Modal => {
    const customId =
      option === ''
        ? editorIds.build('createOption', { question: id.question })
        : editorIds.build('saveOption', { question: id.question, option, seen });
    return optionModal(t, customId, option === '', row.type, withKnownRoles(guild, input));
  };
  switch (id.action) {
    case 'addOption':
      requireRoomForOption(row);
      return open('', '', NEW_OPTION);
    case 'editOption':
      return open(id.option, row.version, optionInput(requireOption(row, id.option)));
    case 'againOption':
      return open(id.option, id.option === '' ? '' : requireVersion(id.seen), optionTyped(typedIn(message)));
  }
}

function rowModal(
  { t }: Viewer,
  list: ListName,
  seen: { readonly id: string; readonly seen: string } | null,
  input: RuleInput | QuestionInput,
): Modal {
  const customId =
    seen === null ? editorIds.build('create', { list }) : editorIds.build('save', { list, ...seen });
  return 'title' in input
    ? ruleModal(t, customId, seen === null, input)
    : questionModal(t, customId, seen === null, input);
}

const ruleInput = (rule: { title: string; description: string; imageUrl: string | null }): RuleInput => ({
  ...rule,
  imageUrl: rule.imageUrl ?? '',
});

const optionInput = ({ label, description, emoji, followup, roleIds }: Option): OptionInput => ({
  label,
  description: description ?? '',
  emoji: emoji ?? '',
  followup: followup ?? '',
  roleIds,
});

const withKnownRoles = (guild: Guild, input: OptionInput): OptionInput => ({
  ...input,
  roleIds: input.roleIds.filter((id) => guild.roles.cache.has(id)),
});
