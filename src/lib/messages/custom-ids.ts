import { customIds } from '#lib/ui/custom-id';

/** What people press and fill in about messages that the bot writes or deletes for them. */
export const messagesIds = customIds('messages', 1, {
  /** The newest and oldest message that go, whose they are (anybody's: empty), and `b` for bots only, `p` for pinned ones too. */
  clean: ['newest', 'oldest', 'user', 'flags'],
  keep: [],
  /** Modal: a new embed in a channel. `opener` is the interaction that opened it. */
  embed: ['channel', 'opener'],
  /** Modal: an embed that was posted. `seen` is when it was last edited, in ms. */
  edit: ['channel', 'message', 'seen'],
});
