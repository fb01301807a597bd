import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import type { Verdict } from './attribute.ts';
import type { Arrival } from './watch.ts';

/** Discord's limit for a nonce is 25 characters. */
const NONCE_LENGTH = 22;
/** Who writes a join down announces it at once; what they do not get to, a sweep does. */
const LEFT_TO_SWEEP_MS = 10_000;

/**
 * Writes down how members joined; another process may have done it already. All of them or none.
 * @param options.isAnnounced whether each is to be announced as well.
 * @returns the ids of the joins that were written now.
 */
export async function recordJoins(
  db: Database,
  guildId: string,
  arrivals: readonly Arrival[],
  verdict: Verdict,
  options: { readonly isAnnounced: boolean; readonly now: Date },
): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    const ids: string[] = [];
    for (const arrival of arrivals) {
      const id = await recordJoin(trx, guildId, arrival, verdict);
      if (id === null) continue;
      ids.push(id);
      if (options.isAnnounced) await oweAnnouncement(trx, guildId, id, options.now);
    }
    return ids;
  });
}

async function recordJoin(
  trx: Transaction<DB>,
  guildId: string,
  { memberId, joinedAt, isFake }: Arrival,
  verdict: Verdict,
): Promise<string | null> {
  const before = await trx
    .selectFrom('invite_joins')
    .select(['id', 'first_join_id'])
    .where('guild_id', '=', guildId)
    .where('member_id', '=', memberId)
    .orderBy('id')
    .executeTakeFirst();
  const inviterId = verdict.certainty === 'certain' ? verdict.inviterId : null;
  const wasHere =
    before !== undefined ||
    // Whoever made an invite was here.
    inviterId === memberId ||
    (await hasLeft(trx, guildId, memberId));
  const row = await trx
    .insertInto('invite_joins')
    .values({
      guild_id: guildId,
      member_id: memberId,
      inviter_id: inviterId,
      code: verdict.certainty === 'certain' ? verdict.code : null,
      certainty: verdict.certainty,
      reason: verdict.reason,
      is_rejoin: wasHere,
      first_join_id: before === undefined ? null : (before.first_join_id ?? before.id),
      is_fake: isFake,
      joined_at: joinedAt,
    })
    .onConflict((conflict) => conflict.columns(['member_id', 'guild_id', 'joined_at']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

async function hasLeft(trx: Transaction<DB>, guildId: string, memberId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('invite_leaves')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('member_id', '=', memberId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function oweAnnouncement(
  trx: Transaction<DB>,
  guildId: string,
  joinId: string,
  now: Date,
): Promise<void> {
  const nonce = createHash('sha256').update(`invite:${joinId}`).digest('base64url').slice(0, NONCE_LENGTH);
  const dueAt = new Date(now.getTime() + LEFT_TO_SWEEP_MS);
  await trx
    .insertInto('invite_announcements')
    .values({ join_id: joinId, guild_id: guildId, nonce, due_at: dueAt, created_at: now })
    .execute();
}

/** Writes down that a member left; it ends their newest join. Said twice it is written once. */
export async function recordLeave(db: Database, guildId: string, memberId: string, now: Date): Promise<void> {
  const join = await db
    .selectFrom('invite_joins')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('member_id', '=', memberId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  await db
    .insertInto('invite_leaves')
    .values({ guild_id: guildId, member_id: memberId, join_id: join?.id ?? null, left_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Writes down who left unheard, as far as it was found out since; and forgets of whom nothing but that they left is known, when they are erased. */
export async function tidyLeaves(db: Database): Promise<void> {
  await sql`
    insert into invite_leaves (guild_id, member_id, join_id, left_at)
    select joins.guild_id, joins.member_id, max(joins.id), max(erasures.requested_at)
    from erasures join invite_joins as joins
      on joins.member_id = erasures.user_id and joins.guild_id = erasures.guild_id
    where erasures.kind = 'left' and erasures.done_at is null
    group by joins.guild_id, joins.member_id
    having max(joins.joined_at) <= max(erasures.requested_at)
    on conflict do nothing`.execute(db);
  await db.deleteFrom('invite_leaves').where('member_id', 'is', null).where('join_id', 'is', null).execute();
}
