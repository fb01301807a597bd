import { customIds } from '#lib/ui/custom-id';

/** The button of panels that the old bot posted. */
export const OLD_OPEN_ID = 'ticket_open_btn';

/** What members and staff press in tickets and to open them. A part `ticket` is a number, `category` one or empty for the general kind. */
export const ticketIds = customIds('ticket', 1, {
  /** On a panel with buttons, or the only thing that can be opened. */
  open: ['category'],
  /** A select of categories; its values are those of `category`, and `about` is that of `form`. */
  choose: ['about'],
  /** Modal. `about` is the id of a message that the ticket is about, or empty; it is in the channel where the modal was opened. */
  form: ['category', 'about'],
  claim: ['ticket'],
  release: ['ticket'],
  close: ['ticket'],
  /** Modal that asks why. */
  closeReason: ['ticket'],
  wait: ['ticket'],
  escalate: ['ticket'],
  suggest: ['ticket'],
  transcript: ['ticket'],
  delete: ['ticket'],
  deleteSure: ['ticket'],
  reopen: ['ticket'],
  /** The member says that a quiet ticket is still needed. */
  keep: ['ticket'],
  /** Staff ask the member whether it can be closed. */
  confirmClose: ['ticket'],
  /** From one to five stars, also in direct messages, hence the guild. */
  rate: ['guild', 'ticket', 'stars'],
  /** Modal. */
  comment: ['guild', 'ticket', 'stars'],
});
