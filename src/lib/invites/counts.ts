import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { DB } from '#db/types';

type Queryable = Kysely<DB> | Transaction<DB>;

/** What a member's invites come to: `total` is joined − left − fake + bonus. */
export interface InviteCount {
  readonly total: number;
  /** Members who came by one of their invites for the first time, and for certain. */
  readonly joined: number;
  /** Of those how many are gone; fake ones are not counted again. */
  readonly left: number;
  readonly fake: number;
  readonly bonus: number;
}

export interface Ranked extends InviteCount {
  readonly memberId: string;
}

const NOTHING: InviteCount = { total: 0, joined: 0, left: 0, fake: 0, bonus: 0 };

/** Joins that count, by inviter. Of somebody who came back the newest join says whether they are here. */
function joinsByInviter(guildId: string, which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select inviter_id as member_id, count(*)::integer as joined,
      count(*) filter (where is_fake)::integer as fake,
      count(*) filter (where not is_fake and leaves.id is not null)::integer as "left"
    from invite_joins as one
    left join (
      select first_join_id as id, max(id) as newest_id from invite_joins
      where guild_id = ${guildId}::bigint and first_join_id is not null group by first_join_id
    ) as returns on returns.id = one.id
    left join invite_leaves as leaves on leaves.join_id = coalesce(returns.newest_id, one.id)
    where one.guild_id = ${guildId}::bigint and certainty = 'certain' and inviter_id is not null and not is_rejoin
      and ${which}
    group by inviter_id`;
}

/** A member's count, from all that happened. */
export async function countOf(db: Queryable, guildId: string, memberId: string): Promise<InviteCount> {
  const { rows } = await sql<InviteCount>`
    with joins as (${joinsByInviter(guildId, sql`inviter_id = ${memberId}::bigint`)}),
    bonuses as (
      select coalesce(sum(bonus), 0)::integer as bonus from invite_adjustments
      where guild_id = ${guildId}::bigint and member_id = ${memberId}::bigint)
    select coalesce(joined, 0) as joined, coalesce("left", 0) as "left", coalesce(fake, 0) as fake, bonus,
      coalesce(joined - "left" - fake, 0) + bonus as total
    from bonuses left join joins on true`.execute(db);
  return rows[0] ?? NOTHING;
}

export interface RankingPage {
  readonly ranked: readonly Ranked[];
  /** Members on all pages. */
  readonly count: number;
}

/**
 * Members by their counts, the highest first. Who does not want to be shown is left out, and so is whoever has none.
 * @param options.since only joins from then on, and after the member's last reset; what admins added is not of any time. Null: everything.
 */
export async function readRanking(
  db: Queryable,
  guildId: string,
  options: { readonly since: Date | null; readonly offset: number; readonly limit: number },
): Promise<RankingPage> {
  const { since, offset, limit } = options;
  const which =
    since === null
      ? sql`true`
      : sql`joined_at >= ${since}::timestamptz and not exists (
          select from invite_adjustments
          where guild_id = one.guild_id and member_id = one.inviter_id and kind = 'reset' and at > one.joined_at)`;
  const bonuses =
    since === null
      ? sql`select member_id, sum(bonus)::integer as bonus from invite_adjustments
          where guild_id = ${guildId}::bigint group by member_id`
      : sql`select null::bigint as member_id, 0 as bonus where false`;
  const { rows } = await sql<Ranked & { count: number }>`
    with joins as (${joinsByInviter(guildId, which)}), bonuses as (${bonuses}),
    counts as (
      select coalesce(joins.member_id, bonuses.member_id) as member_id, coalesce(joined, 0) as joined,
        coalesce("left", 0) as "left", coalesce(fake, 0) as fake, coalesce(bonus, 0) as bonus,
        coalesce(joined - "left" - fake, 0) + coalesce(bonus, 0) as total
      from joins full join bonuses on bonuses.member_id = joins.member_id),
    shown as (
      select * from counts where total > 0 and not exists (
        select from invite_hidden where guild_id = ${guildId}::bigint and member_id = counts.member_id))
    select member_id as "memberId", total, joined, "left", fake, bonus,
      (select count(*)::integer from shown) as count
    from shown order by total desc, joined desc, member_id
    limit ${limit} offset ${offset}`.execute(db);
  return { ranked: rows.map(({ count: _count, ...ranked }) => ranked), count: rows[0]?.count ?? 0 };
}

export interface Came {
  readonly certainty: string;
  readonly reason: string;
  readonly inviterId: string | null;
  readonly isRejoin: boolean;
  readonly isFake: boolean;
  readonly joinedAt: Date;
}

/** How a member came the last time; undefined when that is not known at all. */
export async function howTheyCame(
  db: Queryable,
  guildId: string,
  memberId: string,
): Promise<Came | undefined> {
  return db
    .selectFrom('invite_joins')
    .select([
      'certainty',
      'reason',
      'inviter_id as inviterId',
      'is_rejoin as isRejoin',
      'is_fake as isFake',
      'joined_at as joinedAt',
    ])
    .where('guild_id', '=', guildId)
    .where('member_id', '=', memberId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}
