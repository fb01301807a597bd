import { customIds } from '#lib/ui/custom-id';

/** What the list is narrowed to, as `filter.ts` writes it. */
const FILTER = ['status', 'category', 'claimed', 'opener'] as const;

/** The components of the list of tickets. Each carries the whole filter, so that it works whenever it is used. */
export const listIds = customIds('ticketlist', 1, {
  /** Another page, or the same one as it is now. */
  page: [...FILTER, 'cursor'],
  refresh: [...FILTER, 'cursor'],
  /** Selects; what they hold of their own is what was picked before. */
  status: FILTER,
  category: FILTER,
  claimed: FILTER,
  opener: FILTER,
  /** Buttons that narrow it to whoever presses, or to tickets that nobody has, and back. */
  mine: FILTER,
  nobody: FILTER,
});

export type ListId = Exclude<ReturnType<typeof listIds.parse>, 'outdated'>;
