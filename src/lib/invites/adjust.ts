import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import { countOf } from './counts.ts';

/** The highest count that an admin can give. */
export const COUNT_MAX = 1_000_000;

/**
 * Makes a member's count what an admin says, as an event: what comes later counts on from there.
 * @param change.count 0 to {@link COUNT_MAX}; null for a reset, after which earlier joins count in no period either.
 * @returns what the count was.
 */
export async function adjustCount(
  db: Database,
  guildId: string,
  change: {
    readonly memberId: string;
    readonly count: number | null;
    readonly actorId: string;
    readonly at: Date;
  },
): Promise<number> {
  const { memberId, count, actorId, at } = change;
  return db.transaction().execute(async (trx) => {
    await lockName(trx, `invites:${guildId}:${memberId}`);
    const { total } = await countOf(trx, guildId, memberId);
    await trx
      .insertInto('invite_adjustments')
      .values({
        guild_id: guildId,
        member_id: memberId,
        kind: count === null ? 'reset' : 'set',
        count: count ?? 0,
        bonus: (count ?? 0) - total,
        actor_id: actorId,
        at,
      })
      .execute();
    return total;
  });
}

/**
 * Adds what a member had in an older bot. A second import of the same member adds nothing.
 * @param imported.count 0 to {@link COUNT_MAX}.
 * @returns whether it was added.
 */
export async function importedCount(
  trx: Transaction<DB>,
  guildId: string,
  imported: { readonly memberId: string; readonly count: number; readonly at: Date },
): Promise<boolean> {
  const { memberId, count, at } = imported;
  const row = await trx
    .insertInto('invite_adjustments')
    .values({ guild_id: guildId, member_id: memberId, kind: 'import', count, bonus: count, at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
