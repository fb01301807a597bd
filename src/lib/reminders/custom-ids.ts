import { customIds } from '#lib/ui/custom-id';

/** The components of reminders. */
export const reminderIds = customIds('reminder', 1, {
  /** Sends a message that failed once more. */
  retry: ['occurrence'],
  /** Gives it up. */
  drop: ['occurrence'],
  /** Another page of the list; the first is 0. */
  list: ['filter', 'page'],
  /** The select that narrows the list. */
  filter: [],
  /** The modal in which a reminder is changed; `seen` names what it was filled in with. */
  edit: ['reminder', 'seen'],
  /** The modal that makes a reminder of a message. */
  about: ['message'],
  /** On a delivered message: asks when it is to be told again. */
  snooze: ['guild', 'reminder'],
  /** On a delivered message: nothing is left to do. */
  done: ['guild', 'reminder', 'occurrence'],
  /** Asks the same for the person or for the channel; `message` is the delivered one. */
  snoozeFor: ['scope', 'guild', 'reminder', 'message'],
  /** One of the times that are offered. */
  snoozeAt: ['preset', 'scope', 'guild', 'reminder', 'message'],
  /** Opens the modal for another time. */
  snoozeOther: ['scope', 'guild', 'reminder', 'message'],
  /** That modal. */
  snoozeEnter: ['scope', 'guild', 'reminder', 'message'],
});
