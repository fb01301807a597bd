import { customIds } from '#lib/ui/custom-id';

/**
 * The components of `/setup`. `step` is one of its steps and `seen` what the person saw of it: the version of the setting, or the
 * newest panel, so that a change which somebody else made meanwhile is noticed and a second click does nothing twice.
 */
export const wizardIds = customIds('setup', 1, {
  /** Opens the wizard in a message of its own, from one that others see. */
  open: [],
  /** Where every step stands. */
  home: [],
  show: ['step'],
  /** The select of steps. */
  goTo: [],
  /** A select of channels, roles or choices. */
  pick: ['step', 'seen'],
  /** The one that is there already under the name that a new one would have. */
  use: ['step', 'seen', 'id'],
  /** Opens the modal of a value that is typed. */
  write: ['step'],
  /** That modal. */
  enter: ['step', 'seen'],
  /** Back to nothing chosen. */
  clear: ['step', 'seen'],
  /** Switches a feature; `to` is the one or the other, so that two clicks are no way back. */
  turn: ['step', 'seen', 'to'],
  /** Says what would be made, and asks. */
  askCreate: ['step'],
  create: ['step', 'seen'],
  /** Posts the start button of onboarding. */
  post: ['step'],
  /** The select of the channel in which tickets are opened. */
  postIn: ['step', 'seen'],
  report: [],
});

export type WizardId = Exclude<ReturnType<typeof wizardIds.parse>, 'outdated'>;
