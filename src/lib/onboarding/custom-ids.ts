import { customIds } from '#lib/ui/custom-id';

/** The start button that the old bot left in rules channels. */
export const OLD_START_ID = 'start_onboarding';

/** What members press on their way. `session` is theirs alone; `page` and `question` are in what they began with. */
export const onboardingIds = customIds('onboarding', 1, {
  start: [],
  /** Turns the pages of the rules. */
  rules: ['session', 'page'],
  accept: ['session'],
  /** A select. */
  choose: ['session', 'question'],
  /** Opens the modal of a page. */
  open: ['session', 'page'],
  /** The modal of a page. */
  fields: ['session', 'page'],
  skip: ['session', 'page'],
  /** From a page to the one before; from the summary, when `page` is empty, to the last one. */
  back: ['session', 'page'],
  /** On from a page that was answered before. */
  on: ['session'],
  /** A select of the questions, in the summary. */
  change: ['session'],
  confirm: ['session'],
});
