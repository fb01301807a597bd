import { UserError } from '#lib/errors/user-error';
import { openStatuses, ticketStatuses, type TicketStatus } from '../status.ts';

/** In the order of the select. Custom ids hold the place in this list. */
export const LIST_STATUSES = ['allOpen', ...ticketStatuses, 'all'] as const;
export type ListStatus = (typeof LIST_STATUSES)[number];

/** What a list of tickets is narrowed to. */
export interface ListFilter {
  readonly status: ListStatus;
  /** `general`: the kind that has no row. */
  readonly category: 'all' | 'general' | number;
  /** A member's id otherwise. */
  readonly claimedBy: 'anybody' | 'nobody' | (string & {});
  /** Null: anybody. */
  readonly openerId: string | null;
}

export const NO_FILTER: ListFilter = {
  status: 'allOpen',
  category: 'all',
  claimedBy: 'anybody',
  openerId: null,
};

/** Where a page begins: behind a ticket, or, on the way back, before one. Activity first, then the number, orders the list. */
export interface ListCursor {
  readonly side: 'after' | 'before';
  readonly lastActivityAt: Date;
  readonly id: number;
}

/** The statuses that a choice stands for. */
export function statusesOf(status: ListStatus): readonly TicketStatus[] {
  switch (status) {
    case 'allOpen':
      return openStatuses;
    case 'all':
      return ticketStatuses;
    default:
      return [status];
  }
}

export interface FilterParts {
  readonly status: string;
  readonly category: string;
  readonly claimed: string;
  readonly opener: string;
}

const ID_MAX = 2_147_483_647;
const SNOWFLAKE = /^\d{1,19}$/;
/** The largest of PostgreSQL's `bigint`. */
const SNOWFLAKE_MAX = 2n ** 63n - 1n;
/** Nine digits reach to the year 5188, which every date can hold. */
const CURSOR = /^([ab])([0-9a-z]{1,9})\.(\d{1,10})$/;

function outdated(): UserError {
  return new UserError('common:outdated', { command: '/ticket_list' });
}

/** A filter as custom ids carry it; at most 51 characters. */
export function writeFilter({ status, category, claimedBy, openerId }: ListFilter): FilterParts {
  return {
    status: String(LIST_STATUSES.indexOf(status)),
    category: category === 'all' ? '' : category === 'general' ? '0' : String(category),
    claimed: claimedBy === 'anybody' ? '' : claimedBy === 'nobody' ? '-' : claimedBy,
    opener: openerId ?? '',
  };
}

/** @throws UserError for what {@link writeFilter} does not write. */
export function readFilter({ status, category, claimed, opener }: FilterParts): ListFilter {
  const found = /^\d$/.test(status) ? LIST_STATUSES[Number(status)] : undefined;
  const isPerson = (text: string): boolean =>
    text === '' || (SNOWFLAKE.test(text) && BigInt(text) <= SNOWFLAKE_MAX);
  if (found === undefined || !isPerson(opener) || (claimed !== '-' && !isPerson(claimed))) throw outdated();
  return {
    status: found,
    category: readCategoryChoice(category),
    claimedBy: claimed === '' ? 'anybody' : claimed === '-' ? 'nobody' : claimed,
    openerId: opener === '' ? null : opener,
  };
}

/** A category as it stands in a select; the same as in custom ids. @throws UserError */
export function readCategoryChoice(text: string): ListFilter['category'] {
  if (text === '') return 'all';
  const id = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(id >= 0 && id <= ID_MAX)) throw outdated();
  return id === 0 ? 'general' : id;
}

/** A cursor as custom ids carry it; at most 21 characters. Null, the beginning, is empty. */
export function writeCursor(cursor: ListCursor | null): string {
  if (cursor === null) return '';
  return `${cursor.side === 'after' ? 'a' : 'b'}${cursor.lastActivityAt.getTime().toString(36)}.${cursor.id}`;
}

/** @throws UserError for what {@link writeCursor} does not write. */
export function readCursor(text: string): ListCursor | null {
  if (text === '') return null;
  const [, side, at = '', id] = CURSOR.exec(text) ?? [];
  const [ms, number] = [Number.parseInt(at, 36), Number(id)];
  if (side === undefined || !(number <= ID_MAX)) throw outdated();
  return { side: side === 'a' ? 'after' : 'before', lastActivityAt: new Date(ms), id: number };
}
