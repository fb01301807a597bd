import { sql, type RawBuilder } from 'kysely';
import type { Database } from '#lib/database/database';
import { openStatuses, ticketStatuses, type TicketStatus } from '../status.ts';

/** Which tickets are counted: those opened in the last days, or all that are kept. */
export const statsScopes = ['7d', '30d', 'all'] as const;
export type StatsScope = (typeof statsScopes)[number];

const DAY_MS = 24 * 60 * 60_000;
const SCOPE_DAYS: Readonly<Record<StatsScope, number | null>> = { '7d': 7, '30d': 30, all: null };
/** Fewer ratings than this say who gave them, and little else. */
const RATINGS_MIN = 3;
/** Categories and members in the tables; the rest is not shown. */
const ROWS_MAX = 10;

/** The middle one and the one that nine of ten stay below, in seconds; null where there are none. */
export interface Spread {
  readonly median: number | null;
  readonly p90: number | null;
}

/** Null where there are too few. */
export type Rating = { readonly average: number; readonly count: number } | null;

export interface CategoryFigures {
  /** Null: the general kind. */
  readonly categoryId: number | null;
  readonly count: number;
  readonly open: number;
  readonly medianFirstResponse: number | null;
  readonly medianResolution: number | null;
  readonly rating: Rating;
}

export interface StaffFigures {
  readonly userId: string;
  readonly claimed: number;
  readonly closed: number;
  /** Of the tickets that they have claimed. */
  readonly medianFirstResponse: number | null;
  readonly rating: Rating;
}

export interface Figures {
  /** Of the tickets opened in the scope, how many there are of each status. */
  readonly counts: Readonly<Record<TicketStatus, number>>;
  /** Open now, whenever they were opened. */
  readonly backlog: { readonly open: number; readonly unclaimed: number };
  readonly firstResponse: Spread;
  /** From opening to closing, of those that are closed. */
  readonly resolution: Spread;
  /** Seconds, of the same; null where there are none. */
  readonly averageCycleTime: number | null;
  /** Of those that were closed at least once, the share that was opened again, 0 to 1; null where there are none. */
  readonly reopenRate: number | null;
  readonly rating: Rating;
  /** Those with most tickets. */
  readonly categories: readonly CategoryFigures[];
}

/** When a scope begins; null: it has no beginning. */
export function scopeBegins(scope: StatsScope, now: Date): Date | null {
  const days = SCOPE_DAYS[scope];
  return days === null ? null : new Date(now.getTime() - days * DAY_MS);
}

/** In seconds; null, which aggregates pass over, where it has not come to that. Reopening takes `closed_at` away. */
const firstResponse = sql`date_part('epoch', first_response_at - created_at)`;
const resolution = sql`date_part('epoch', closed_at - created_at)`;

function median(of: RawBuilder<unknown>): RawBuilder<number | null> {
  return sql`percentile_cont(0.5) within group (order by ${of})`;
}

/** The median and the 90th percentile, sorted once. */
function spread(of: RawBuilder<unknown>): RawBuilder<number[] | null> {
  return sql`percentile_cont(array[0.5, 0.9]) within group (order by ${of})`;
}

/** The tickets of a scope, each with its rating and whether it was ever opened again. */
function ticketsOf(guildId: string, since: Date | null): RawBuilder<unknown> {
  return sql`
    select ticket.*, rating.rating, reopened.ticket_id is not null as was_reopened
    from support_tickets ticket
    left join ticket_ratings rating on rating.guild_id = ticket.guild_id and rating.ticket_id = ticket.id
    left join (
      select distinct ticket_id from ticket_events where guild_id = ${guildId} and kind = 'reopened'
    ) reopened on reopened.ticket_id = ticket.id
    where ticket.guild_id = ${guildId} ${since === null ? sql`` : sql`and ticket.created_at >= ${since}`}`;
}

interface TotalsRow {
  readonly first_response: readonly number[] | null;
  readonly resolution: readonly number[] | null;
  readonly cycle: number | null;
  readonly ever_closed: string;
  readonly reopened: string;
  readonly rating: string | null;
  readonly ratings: string;
}

/** What a guild's tickets show, without naming anybody. */
export async function readTicketFigures(
  db: Database,
  guildId: string,
  scope: StatsScope,
  now: Date,
): Promise<Figures> {
  const since = scopeBegins(scope, now);
  const tickets = ticketsOf(guildId, since);
  const counted = ticketStatuses.map(
    (status) => sql`count(*) filter (where status = ${sql.lit(status)}) as ${sql.ref(status)}`,
  );
  const { rows: totals } = await sql<TotalsRow & Readonly<Record<TicketStatus, string>>>`
    select ${sql.join(counted)},
      ${spread(firstResponse)} as first_response, ${spread(resolution)} as resolution,
      avg(${resolution}) as cycle,
      count(*) filter (where was_reopened or closed_at is not null) as ever_closed,
      count(*) filter (where was_reopened) as reopened,
      avg(rating) as rating, count(rating) as ratings
    from (${tickets}) tickets`.execute(db);
  const { rows: categories } = await sql<{
    category_id: number | null;
    count: string;
    open: string;
    first_median: number | null;
    resolution_median: number | null;
    rating: string | null;
    ratings: string;
  }>`
    select category_id, count(*) as count,
      count(*) filter (where status not in ('closed', 'archived')) as open,
      ${median(firstResponse)} as first_median,
      ${median(resolution)} as resolution_median,
      avg(rating) as rating, count(rating) as ratings
    from (${tickets}) tickets
    group by category_id order by count(*) desc, category_id limit ${sql.lit(ROWS_MAX)}`.execute(db);
  const backlog = await db
    .selectFrom('support_tickets')
    .select(({ fn }) => [
      fn.countAll<string>().as('open'),
      fn.countAll<string>().filterWhere('claimed_by', 'is', null).as('unclaimed'),
    ])
    .where('guild_id', '=', guildId)
    .where('status', 'in', openStatuses)
    .executeTakeFirstOrThrow();
  const [total] = totals;
  if (total === undefined) throw new Error('a count gives a row');
  const everClosed = Number(total.ever_closed);
  return {
    counts: Object.fromEntries(ticketStatuses.map((status) => [status, Number(total[status])])) as Record<
      TicketStatus,
      number
    >,
    backlog: { open: Number(backlog.open), unclaimed: Number(backlog.unclaimed) },
    firstResponse: spreadOf(total.first_response),
    resolution: spreadOf(total.resolution),
    averageCycleTime: total.cycle,
    reopenRate: everClosed === 0 ? null : Number(total.reopened) / everClosed,
    rating: ratingOf(total),
    categories: categories.map((row) => ({
      categoryId: row.category_id,
      count: Number(row.count),
      open: Number(row.open),
      medianFirstResponse: row.first_median,
      medianResolution: row.resolution_median,
      rating: ratingOf(row),
    })),
  };
}

function spreadOf(found: readonly number[] | null): Spread {
  return { median: found?.[0] ?? null, p90: found?.[1] ?? null };
}

function ratingOf({ rating, ratings }: { rating: string | null; ratings: string }): Rating {
  const count = Number(ratings);
  return count < RATINGS_MIN ? null : { average: Number(rating), count };
}

/** What each of the staff did with the tickets of a scope; those who did most. */
export async function readStaffFigures(
  db: Database,
  guildId: string,
  scope: StatsScope,
  now: Date,
): Promise<StaffFigures[]> {
  const since = scopeBegins(scope, now);
  const within = sql`guild_id = ${guildId} ${since === null ? sql`` : sql`and created_at >= ${since}`}`;
  const { rows } = await sql<{
    user_id: string;
    claimed: string;
    closed: string;
    first_median: number | null;
    rating: string | null;
    ratings: string;
  }>`
    select user_id, sum(claimed) as claimed, sum(closed) as closed, max(first_median) as first_median,
      max(rating) as rating, coalesce(max(ratings), 0) as ratings
    from (
      select claimed_by as user_id, count(*) as claimed, 0 as closed, null::numeric as rating, null::bigint as ratings,
        ${median(firstResponse)} as first_median
      from support_tickets where ${within} and claimed_by is not null group by claimed_by
      union all
      select closed_by, 0, count(*), null, null, null
      from support_tickets
      where ${within} and closed_by is not null and closed_by <> user_id group by closed_by
      union all
      select rating.staff_id, 0, 0, avg(rating.rating), count(*), null
      from ticket_ratings rating
      join (select id from support_tickets where ${within}) ticket on ticket.id = rating.ticket_id
      where rating.guild_id = ${guildId} and rating.staff_id is not null group by rating.staff_id
    ) done
    group by user_id order by sum(claimed) + sum(closed) desc, user_id limit ${sql.lit(ROWS_MAX)}`.execute(
    db,
  );
  return rows.map((row) => ({
    userId: row.user_id,
    claimed: Number(row.claimed),
    closed: Number(row.closed),
    medianFirstResponse: row.first_median,
    rating: ratingOf(row),
  }));
}
