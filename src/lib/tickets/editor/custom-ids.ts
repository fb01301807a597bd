import { customIds } from '#lib/ui/custom-id';

/**
 * What admins press to set tickets up. `id` is a category, `field` one of its form. `seen` is the version of the category that was
 * shown, so that a change which somebody else made meanwhile is noticed and a second click does nothing twice.
 */
export const setupIds = customIds('ticket-setup', 1, {
  home: [],
  /** Opens the modal for a new category. */
  add: [],
  /** The modal for a new category. */
  create: [],
  /** The select of categories. */
  open: [],
  show: ['id'],
  /** Opens the modal of a category. */
  edit: ['id'],
  /** The modal of a category. */
  save: ['id', 'seen'],
  /** Opens the modal again with what was typed and refused; both parts are empty for a new one. */
  again: ['id', 'seen'],
  /** The select of where channels of tickets are made; `staff` and `escalation` those of roles. */
  parent: ['id', 'seen'],
  staff: ['id', 'seen'],
  escalation: ['id', 'seen'],
  move: ['id', 'seen', 'way'],
  /** Switches on or off; `to` is the one or the other, so that two clicks are no way back. */
  turn: ['id', 'seen', 'to'],
  /** Asks whether to delete. */
  askDelete: ['id'],
  delete: ['id', 'seen'],
  /** The fields of a category's form. */
  form: ['id'],
  /** The select of fields. */
  openField: ['id'],
  showField: ['id', 'field'],
  addField: ['id'],
  createField: ['id'],
  editField: ['id', 'field'],
  saveField: ['id', 'field', 'seen'],
  /** As `again`; `kind` and `flags` are what was chosen. */
  againField: ['id', 'field', 'seen', 'kind', 'flags'],
  moveField: ['id', 'field', 'seen', 'way'],
  askDeleteField: ['id', 'field'],
  deleteField: ['id', 'field', 'seen'],
  /** Opens the form as members see it; `id` is empty for the general kind. */
  preview: ['id'],
  /** The modal of that, which opens no ticket. */
  previewed: ['id'],
  /** Turns the pages of who may open no tickets. */
  barred: ['page'],
});

export type SetupId = Exclude<ReturnType<typeof setupIds.parse>, 'outdated'>;
