import { customIds } from '#lib/ui/custom-id';

/** The components of announcements. `guild` and `message` name the post. */
export const announcementIds = customIds('announcement', 1, {
  /** Takes the reminder back. */
  undo: ['guild', 'message'],
  /** Changes the reminder. */
  edit: ['guild', 'message'],
  /** Makes the reminder that the author was asked about. */
  yes: ['guild', 'message'],
  no: ['guild', 'message'],
});
