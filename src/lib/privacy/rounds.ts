import { sql } from 'kysely';
import { DiscordAPIError, RESTJSONErrorCodes, type Client } from 'discord.js';
import type { Database } from '#lib/database/database';
import type { Log } from '#lib/logging/logger';
import type { Clock } from '#lib/time/clock';
import { guildsOf } from './erase.ts';
import { memberLeft, memberReturned } from './leaving.ts';
import { isMember } from './membership.ts';
import { allRules, personColumns } from './rules.ts';

export interface RoundDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly client: Client;
  /** Awaited before each request. */
  readonly turn: () => Promise<void>;
}

/** From the beginning of a round to that of the next one, or longer where there are more people than it has room for. */
const ROUND_MS = 7 * 24 * 60 * 60_000;
/** People of one run of the task, each of whom is asked about in every guild that holds something of them. */
const PEOPLE_AT_ONCE = 5;

/**
 * Asks Discord about a few of those of whom a guild holds something whether they are members still: who left while the bot did not
 * run, or without the intent for it, is not heard of. Where the round stands is kept, so that a restart goes on with it.
 */
export async function goRound(deps: RoundDeps): Promise<void> {
  const { db, clock } = deps;
  let place = await placeOfRound(db, clock.now());
  for (let count = 0; count < PEOPLE_AT_ONCE && place !== null; count += 1) {
    const userId = await nextPerson(db, place / 2n);
    const isAnswered = userId !== null && (await askEverywhere(deps, userId));
    const next = userId === null ? null : await nextPerson(db, userId);
    // Not the id itself: whoever it is may be erased before the round goes on.
    place = userId === null || next === null ? null : userId + next;
    await db
      .updateTable('member_rounds')
      .set({ place: place === null ? null : String(place) })
      .execute();
    // The others wait for the next run; this one has their turn again in the next round.
    if (!isAnswered) return;
  }
}

/** Where this round is, a new one if it is time for that; null while the last one was recent enough. */
async function placeOfRound(db: Database, now: Date): Promise<bigint | null> {
  const round = await db.selectFrom('member_rounds').select(['began_at', 'place']).executeTakeFirst();
  if (round !== undefined) {
    if (round.place !== null) return BigInt(round.place);
    if (now.getTime() - round.began_at.getTime() < ROUND_MS) return null;
  }
  const begun = { began_at: now, place: '0' };
  await db
    .insertInto('member_rounds')
    .values(begun)
    .onConflict((conflict) => conflict.column('only_one').doUpdateSet(begun))
    .execute();
  return 0n;
}

/** Whoever has the next higher id of those whom a guild's rows name. What an erasure left has none. */
async function nextPerson(db: Database, after: bigint): Promise<bigint | null> {
  const lowest = allRules.flatMap(([table, rules]) =>
    // Who asked for something and left nothing else need not be asked about.
    rules.guild === null || rules.purpose === 'rights'
      ? []
      : personColumns(rules).map(
          ({ name }) =>
            sql`select min(${sql.ref(name)}) as id from ${sql.table(table)} where ${sql.ref(name)} > ${String(after)}::bigint`,
        ),
  );
  const { rows } = await sql<{ id: string | null }>`
    select min(id) as id from (${sql.join(lowest, sql` union all `)}) as everybody`.execute(db);
  const id = rows[0]?.id ?? null;
  return id === null ? null : BigInt(id);
}

/** Notes where somebody is no longer a member, and where they are one again. @returns whether Discord answered. */
async function askEverywhere({ db, clock, log, client, turn }: RoundDeps, person: bigint): Promise<boolean> {
  const userId = String(person);
  for (const guildId of await guildsOf(db, userId)) {
    const guild = client.guilds.cache.get(guildId);
    // What the bot was removed from is erased as a whole.
    if (guild === undefined || !guild.available) continue;
    await turn();
    try {
      if (await isMember(guild, userId)) await memberReturned(db, guildId, userId);
      else await memberLeft(db, guildId, userId, clock.now());
    } catch (error) {
      // Removed at this moment, the bot has not heard of it yet.
      if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownGuild) continue;
      log.warn({ err: error, guildId, userId }, 'privacy: whether somebody is a member is not known');
      if (!(error instanceof DiscordAPIError)) return false;
    }
  }
  return true;
}
