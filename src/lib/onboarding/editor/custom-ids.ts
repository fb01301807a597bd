import { customIds } from '#lib/ui/custom-id';

/**
 * The components of `/onboarding`. `list` is `rules` or `questions`, `id` one of its rows, `question` the row of a question and
 * `option` the value of one of its options. `seen` is the version of the row that was shown, so that a change which somebody
 * else made meanwhile is noticed and a second click does nothing twice.
 */
export const editorIds = customIds('onboarding-editor', 1, {
  home: [],
  /** The select of modes; `seen` is the version of the setting. */
  mode: ['seen'],
  publish: [],
  /** Shows what members would see. */
  preview: [],
  /** Posts the start button. */
  post: [],
  figures: [],
  list: ['list'],
  /** Loads what a list may begin with. */
  defaults: ['list'],
  /** The select of a list. */
  open: ['list'],
  show: ['list', 'id'],
  /** Opens the modal for a new one. */
  add: ['list'],
  /** The modal for a new one. */
  create: ['list'],
  /** Opens the modal of one that is there. */
  edit: ['list', 'id'],
  /** The modal of one that is there. */
  save: ['list', 'id', 'seen'],
  /** Opens the modal again with what was typed and refused; `id` and `seen` are empty for a new one, `kind` and `flags` for a rule. */
  again: ['list', 'id', 'seen', 'kind', 'flags'],
  move: ['list', 'id', 'seen', 'way'],
  copy: ['list', 'id', 'seen'],
  /** Switches on or off; `to` is the one or the other, so that two clicks are no way back. */
  turn: ['list', 'id', 'seen', 'to'],
  /** Asks whether to delete. */
  askDelete: ['list', 'id'],
  delete: ['list', 'id', 'seen'],
  options: ['question'],
  openOption: ['question'],
  showOption: ['question', 'option'],
  addOption: ['question'],
  createOption: ['question'],
  editOption: ['question', 'option'],
  saveOption: ['question', 'option', 'seen'],
  /** As `again`; `option` and `seen` are empty for a new one. */
  againOption: ['question', 'option', 'seen'],
  moveOption: ['question', 'option', 'seen', 'way'],
  askDeleteOption: ['question', 'option'],
  deleteOption: ['question', 'option', 'seen'],
});

export type EditorId = Exclude<ReturnType<typeof editorIds.parse>, 'outdated'>;
