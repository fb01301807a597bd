import type { Database } from '#lib/database/database';

/** Leaves a member out of the leaderboard, or shows them there again. */
export async function setHidden(
  db: Database,
  guildId: string,
  memberId: string,
  change: { readonly isHidden: boolean; readonly at: Date },
): Promise<void> {
  if (change.isHidden)
    await db
      .insertInto('invite_hidden')
      .values({ guild_id: guildId, member_id: memberId, since: change.at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  else
    await db
      .deleteFrom('invite_hidden')
      .where('guild_id', '=', guildId)
      .where('member_id', '=', memberId)
      .execute();
}

/** Whether a member does not want to be shown. */
export async function isHidden(db: Database, guildId: string, memberId: string): Promise<boolean> {
  const row = await db
    .selectFrom('invite_hidden')
    .select('since')
    .where('guild_id', '=', guildId)
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  return row !== undefined;
}
