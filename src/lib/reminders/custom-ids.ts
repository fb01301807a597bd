import { customIds } from '#lib/ui/custom-id';

/** The components of reminders. */
export const reminderIds = customIds('reminder', 1, {
  /** Sends a message that failed once more. */
  retry: ['occurrence'],
  /** Gives it up. */
  drop: ['occurrence'],
});
