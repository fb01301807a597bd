import type { SentenceKey } from '#lib/i18n/translate';
import type { ListStatus } from './filter.ts';

/** What a choice of statuses is called. */
export function listStatusKey(status: ListStatus): SentenceKey {
  if (status === 'allOpen') return 'ticket-overview:statuses.allOpen';
  if (status === 'all') return 'ticket-overview:statuses.all';
  return `tickets:status.${status}`;
}
