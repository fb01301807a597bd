import { customIds } from '#lib/ui/custom-id';

/** What people press and fill in about messages that the bot writes or deletes for them. */
export const messagesIds = customIds('messages', 1, {
  /** Modal: a new embed in a channel. `opener` is the interaction that opened it. */
  embed: ['channel', 'opener'],
  /** Modal: an embed that was posted. `seen` is when it was last edited, in ms. */
  edit: ['channel', 'message', 'seen'],
});
