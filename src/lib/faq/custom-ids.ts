import { customIds } from '#lib/ui/custom-id';

/** What people press and fill in about the FAQ. `entry`, `offer` and `question` are numbers, `question` may be empty. */
export const faqIds = customIds('faq', 1, {
  list: ['page'],
  /** A select; its values are those of `entry`. */
  read: [],
  show: ['entry'],
  /** Modal. `question` is a search that found nothing, and that the entry is to answer. */
  add: ['question'],
  /** Modal. `seen` is when the entry was last changed, in ms. */
  edit: ['entry', 'seen'],
  restore: ['entry'],
  /** A select below the weekly note; its values are those of `question`. */
  write: [],
  /** Below what is offered before a ticket. */
  solved: ['offer'],
  open: ['offer'],
});
