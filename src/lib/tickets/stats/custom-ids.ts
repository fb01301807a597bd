import { customIds } from '#lib/ui/custom-id';

/** The buttons of the statistics of tickets. */
export const statsIds = customIds('ticketstats', 1, {
  /** Other days. */
  show: ['scope'],
  refresh: ['scope'],
});

export type StatsId = Exclude<ReturnType<typeof statsIds.parse>, 'outdated'>;
