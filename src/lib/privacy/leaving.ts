import { ERASED_AFTER_DAYS } from '#db/personal-data';
import type { Database } from '#lib/database/database';

const DAY_MS = 24 * 60 * 60_000;
/** Guilds of one statement, far under PostgreSQL's 65,535 parameters. */
const GUILDS_AT_ONCE = 5_000;

/** A member left a guild: what it holds of them is erased after 30 days. */
export async function memberLeft(db: Database, guildId: string, userId: string, now: Date): Promise<void> {
  await db
    .insertInto('erasures')
    .values({
      kind: 'left',
      user_id: userId,
      guild_id: guildId,
      requested_at: now,
      due_at: new Date(now.getTime() + ERASED_AFTER_DAYS.left * DAY_MS),
    })
    // The first time counts.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A member is back. */
export async function memberReturned(db: Database, guildId: string, userId: string): Promise<void> {
  await db
    .deleteFrom('erasures')
    .where('kind', '=', 'left')
    .where('user_id', '=', userId)
    .where('guild_id', '=', guildId)
    .execute();
}

/** The bot was removed from guilds: what it holds of them is erased after 30 days. */
export async function guildsRemoved(db: Database, guildIds: readonly string[], now: Date): Promise<void> {
  for (const some of slices(guildIds)) {
    await db
      .insertInto('erasures')
      .values(
        some.map((guildId) => ({
          kind: 'removed',
          guild_id: guildId,
          requested_at: now,
          due_at: new Date(now.getTime() + ERASED_AFTER_DAYS.removed * DAY_MS),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** The bot is in these guilds, whatever was before. One that it did not know of is owed a greeting. */
export async function guildsPresent(db: Database, guildIds: readonly string[], now: Date): Promise<void> {
  for (const some of slices(guildIds)) {
    await db.deleteFrom('erasures').where('kind', '=', 'removed').where('guild_id', 'in', some).execute();
    await db
      .insertInto('bot_guilds')
      .values(some.map((guildId) => ({ guild_id: guildId, joined_at: now, greeting_due_at: now })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/**
 * Notices at a start which guilds removed the bot, took it in or took it back, while it did not run.
 * @param present all guilds of the shard, those with an outage too.
 * @param isOurs whether a guild belongs to the shard: of others the list says nothing.
 */
export async function compareGuilds(
  db: Database,
  present: readonly string[],
  now: Date,
  isOurs: (guildId: string) => boolean = () => true,
): Promise<void> {
  const known = await db.selectFrom('bot_guilds').select('guild_id').execute();
  const here = new Set(present);
  await guildsRemoved(
    db,
    known.map(({ guild_id: guildId }) => guildId).filter((guildId) => isOurs(guildId) && !here.has(guildId)),
    now,
  );
  await guildsPresent(db, present, now);
}

function slices(guildIds: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(guildIds.length / GUILDS_AT_ONCE) }, (_, index) =>
    guildIds.slice(index * GUILDS_AT_ONCE, (index + 1) * GUILDS_AT_ONCE),
  );
}
