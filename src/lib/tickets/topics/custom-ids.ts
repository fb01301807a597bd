import { customIds } from '#lib/ui/custom-id';

/** What admins press on a proposal for the FAQ. `topic` is a number. */
export const topicIds = customIds('ticket-topic', 1, {
  /** Opens the window with the draft. */
  add: ['topic'],
  /** Modal. */
  entry: ['topic'],
  dismiss: ['topic'],
});
