import { sql, type SelectQueryBuilder } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { withinScope, type Scope } from '../scope.ts';
import type { TicketStatus } from '../status.ts';
import { statusesOf, type ListCursor, type ListFilter } from './filter.ts';

/** Tickets on one page. */
export const LIST_PAGE_SIZE = 10;
/** Counted no further, so that a long history does not make a page slow. */
export const LIST_COUNTED_MAX = 1_000;
/** Characters of what a ticket is about that are read for its line. */
const ABOUT_READ = 200;

export interface ListedTicket {
  readonly id: number;
  readonly userId: string;
  readonly categoryId: number | null;
  readonly status: TicketStatus;
  readonly channelId: string | null;
  readonly claimedBy: string | null;
  /** The beginning of it. */
  readonly description: string;
  readonly createdAt: Date;
  readonly lastActivityAt: Date;
}

export interface ListPage {
  readonly tickets: readonly ListedTicket[];
  /** How many there are on all pages, at most {@link LIST_COUNTED_MAX} + 1. */
  readonly count: number;
  /** Where the page before begins; null on the first one. */
  readonly previous: ListCursor | null;
  readonly next: ListCursor | null;
}

type Tickets = SelectQueryBuilder<DB, 'support_tickets', object>;

function matching(db: Database, guildId: string, scope: Scope, filter: ListFilter): Tickets {
  const { category, claimedBy, openerId } = filter;
  let query: Tickets = db
    .selectFrom('support_tickets')
    .where('guild_id', '=', guildId)
    .where((eb) => withinScope(eb, scope));
  if (category === 'general') query = query.where('category_id', 'is', null);
  else if (category !== 'all') query = query.where('category_id', '=', category);
  if (claimedBy === 'nobody') query = query.where('claimed_by', 'is', null);
  else if (claimedBy !== 'anybody') query = query.where('claimed_by', '=', claimedBy);
  return openerId === null ? query : query.where('user_id', '=', openerId);
}

/**
 * A page of the tickets that somebody may see and that a filter leaves, those that have been quiet longest first.
 * @param cursor null: from the beginning. Where nothing is left beyond it, the first page comes.
 */
export async function readTicketPage(
  db: Database,
  guildId: string,
  scope: Scope,
  filter: ListFilter,
  cursor: ListCursor | null,
): Promise<ListPage> {
  const [count, found] = await Promise.all([
    countTickets(db, guildId, scope, filter),
    readBeyond(db, guildId, scope, filter, cursor, LIST_PAGE_SIZE + 1),
  ]);
  if (cursor !== null && (found.length === 0 || (cursor.side === 'before' && found.length <= LIST_PAGE_SIZE)))
    return readTicketPage(db, guildId, scope, filter, null);
  const isBack = cursor?.side === 'before';
  const shown = found.slice(0, LIST_PAGE_SIZE);
  const tickets = isBack ? shown.toReversed() : shown;
  const [first, last] = [tickets.at(0), tickets.at(-1)];
  const hasMore = found.length > LIST_PAGE_SIZE;
  return {
    tickets,
    count,
    previous: first !== undefined && cursor !== null ? { side: 'before', ...placeOf(first) } : null,
    next: last !== undefined && (isBack || hasMore) ? { side: 'after', ...placeOf(last) } : null,
  };
}

function placeOf({ lastActivityAt, id }: ListedTicket): Omit<ListCursor, 'side'> {
  return { lastActivityAt, id };
}

async function countTickets(
  db: Database,
  guildId: string,
  scope: Scope,
  filter: ListFilter,
): Promise<number> {
  const some = matching(db, guildId, scope, filter)
    .where('status', 'in', statusesOf(filter.status))
    .select('id')
    .limit(LIST_COUNTED_MAX + 1);
  const { count } = await db
    .selectFrom(some.as('some'))
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The next tickets in the direction of the cursor, nearest first; null: from the beginning. */
export async function readBeyond(
  db: Database,
  guildId: string,
  scope: Scope,
  filter: ListFilter,
  cursor: ListCursor | null,
  limit: number,
): Promise<ListedTicket[]> {
  const [beyond, direction] =
    cursor?.side === 'before' ? ([sql`<`, 'desc'] as const) : ([sql`>`, 'asc'] as const);
  // Each status has its own order in the index; together they are sorted from so many rows of each.
  const [first, ...others] = statusesOf(filter.status).map((status) => {
    const query = matching(db, guildId, scope, filter)
      .where('status', '=', status)
      .select(['id', 'user_id', 'category_id', 'status', 'channel_id', 'claimed_by'])
      .select(['created_at', 'last_activity_at'])
      .select(sql<string>`left(description, ${sql.lit(ABOUT_READ)})`.as('about'))
      .orderBy('last_activity_at', direction)
      .orderBy('id', direction)
      .limit(limit);
    return cursor === null
      ? query
      : query.where(
          sql<boolean>`(last_activity_at, id) ${beyond} (${cursor.lastActivityAt}::timestamptz, ${cursor.id}::int)`,
        );
  });
  if (first === undefined) return [];
  const all = others.reduce(
    (query, other) => query.unionAll((eb) => eb.parens(other)),
    db.selectFrom(first.as('first')).selectAll(),
  );
  const rows = await db
    .selectFrom(all.as('tickets'))
    .selectAll()
    .orderBy('last_activity_at', direction)
    .orderBy('id', direction)
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    categoryId: row.category_id,
    status: row.status as TicketStatus,
    channelId: row.channel_id,
    claimedBy: row.claimed_by,
    description: row.about,
    createdAt: row.created_at,
    lastActivityAt: row.last_activity_at,
  }));
}
