import { customIds, type ParsedCustomId } from '#lib/ui/custom-id';

const shapes = {
  /** `by` is whose leaderboard it is: only they turn its pages for everybody. */
  page: ['by', 'period', 'page'],
  hide: ['by', 'period', 'page'],
  show: [],
} as const;

/** The buttons of the leaderboard. */
export const inviteIds = customIds('invites', 1, shapes);

export type InviteId = ParsedCustomId<typeof shapes>;
