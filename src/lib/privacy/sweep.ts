import { sql, type Transaction } from 'kysely';
import type { Client } from 'discord.js';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { isConnected } from '#lib/discord/connected';
import type { Locale } from '#lib/i18n/translate';
import type { Log } from '#lib/logging/logger';
import { safeLogMessage } from '#lib/text/sanitize';
import type { Clock } from '#lib/time/clock';
import {
  addErased,
  eraseGuild,
  erasePerson,
  guildsOf,
  NOTHING_ERASED,
  type Erased,
  type ErasedPerson,
} from './erase.ts';
import { isInGuild, isMember } from './membership.ts';
import type { Receipt } from './requests.ts';

export interface SweepDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly client: Client;
  /**
   * Lets go what this process holds in memory of somebody and has not written, before they are erased; never throws. Other processes
   * hear of it when it is done.
   */
  readonly letGo: (person: ErasedPerson) => Promise<void>;
  /** Gives whoever asked the receipt; never throws. */
  readonly tell: (userId: string, locale: Locale, receipt: Receipt, doneAt: Date) => Promise<void>;
}

/** Longer than an erasure takes; then another process may go on with it. */
const LEASE_MS = 10 * 60_000;
const FIRST_RETRY_MS = 60_000;
const LAST_RETRY_MS = 60 * 60_000;
/** So that one run of the task ends. */
const AT_ONCE = 20;

interface DueErasure {
  readonly id: string;
  readonly kind: string;
  readonly userId: string | null;
  readonly guildId: string | null;
  readonly attempts: number;
}

/** Erases what is due. What fails is tried again; whoever dies over one leaves it whole, a guild at a time. */
export async function eraseDue(deps: SweepDeps): Promise<void> {
  const { db, clock, log } = deps;
  for (let count = 0; count < AT_ONCE; count += 1) {
    // Without a connection nobody knows which guilds the bot is in.
    const due = await takeDue(db, clock.now(), isConnected(deps.client));
    if (due === undefined) return;
    try {
      await eraseOne(deps, due);
    } catch (error) {
      log.error({ err: error, erasure: due.id }, 'privacy: an erasure failed and is tried again');
      await postpone(db, due, clock.now(), error);
    }
  }
}

/** @param withGuilds whether whole guilds may be among it. */
async function takeDue(db: Database, now: Date, withGuilds: boolean): Promise<DueErasure | undefined> {
  const row = await db
    .updateTable('erasures')
    .set((eb) => ({
      leased_until: new Date(now.getTime() + LEASE_MS),
      started_at: eb.fn.coalesce('started_at', sql<Date>`${now}::timestamptz`),
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', '=', (eb) =>
      eb
        .selectFrom('erasures as due')
        .select('due.id')
        .where('due.done_at', 'is', null)
        .where('due.due_at', '<=', now)
        .where((inner) => (withGuilds ? inner.lit(true) : inner('due.kind', '!=', 'removed')))
        .where(({ or, eb: inner }) =>
          or([inner('due.leased_until', 'is', null), inner('due.leased_until', '<=', now)]),
        )
        // Who asked does not wait behind many who left.
        .orderBy(sql`due.kind <> 'asked'`)
        .orderBy('due.due_at')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'kind', 'user_id', 'guild_id', 'attempts'])
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : {
        id: row.id,
        kind: row.kind,
        userId: row.user_id,
        guildId: row.guild_id,
        attempts: row.attempts,
      };
}

async function postpone(
  db: Database,
  { id, attempts }: DueErasure,
  now: Date,
  error: unknown,
): Promise<void> {
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 10), LAST_RETRY_MS);
  await db
    .updateTable('erasures')
    .set({
      leased_until: new Date(now.getTime() + waitMs),
      last_error: safeLogMessage(error instanceof Error ? error.message : String(error)),
    })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .execute();
}

async function eraseOne(deps: SweepDeps, { id, kind, userId, guildId }: DueErasure): Promise<void> {
  const { db } = deps;
  if (kind === 'removed' && guildId !== null) {
    // One with an outage is known to the gateway; of one that was not heard of Discord itself is asked.
    if (deps.client.guilds.cache.has(guildId) || (await isInGuild(deps.client, guildId)))
      await forget(db, id);
    else await eraseRemoved(db, id, guildId);
  } else if (kind === 'left' && userId !== null && guildId !== null) {
    const guild = deps.client.guilds.cache.get(guildId);
    // Who came back while the bot did not run was not heard of.
    if (guild === undefined || !(await isMember(guild, userId))) {
      await deps.letGo({ userId, guildId });
      await db.transaction().execute(async (trx) => {
        const asked = await setAside(trx, userId, guildId);
        await erasePerson(trx, userId, guildId);
        await putBack(trx, userId, asked);
      });
    }
    await forget(db, id);
  } else if (userId !== null) {
    await eraseAsked(deps, id, userId, guildId);
  }
}

/** Erases a guild unless the bot came back at this moment: whoever notes that waits for the row, and then finds nothing of before. */
async function eraseRemoved(db: Database, id: string, guildId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('erasures')
      .select('id')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    // The row is the guild's as well.
    if (row !== undefined) await eraseGuild(trx, guildId);
  });
}

/** Takes what a member asked for out of reach: it comes due by itself, and ends with a receipt. */
async function setAside(trx: Transaction<DB>, userId: string, guildId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update erasures set user_id = -id
    where kind = 'asked' and user_id = ${userId} and guild_id = ${guildId} and done_at is null
    returning id`.execute(trx);
  return rows.map(({ id }) => id);
}

async function putBack(trx: Transaction<DB>, userId: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await trx
      .updateTable('erasures')
      .set({ user_id: userId })
      .where('id', 'in', [...ids])
      .execute();
}

/** Of a left member or a guild nothing is kept, not even that they were erased. */
async function forget(db: Database, id: string): Promise<void> {
  await db.deleteFrom('erasures').where('id', '=', id).execute();
}

async function eraseAsked(
  { db, clock, letGo, tell }: SweepDeps,
  id: string,
  userId: string,
  guildId: string | null,
): Promise<void> {
  await letGo({ userId, guildId });
  const now = clock.now();
  // One guild after another, so that no transaction holds all of them up.
  const guilds = guildId === null ? await guildsOf(db, userId) : [];
  for (const one of guilds) {
    await db.transaction().execute(async (trx) => {
      const step = await begin(trx, id);
      if (step === undefined) return;
      const receipt = withErased(step.receipt, await erasePerson(trx, userId, one));
      await trx
        .updateTable('erasures')
        .set({ user_id: userId, receipt: JSON.stringify(receipt) })
        .where('id', '=', id)
        .execute();
    });
  }
  const done = await db.transaction().execute(async (trx) => {
    const step = await begin(trx, id);
    if (step === undefined) return undefined;
    const receipt = withErased(step.receipt, await erasePerson(trx, userId, guildId));
    await trx
      .updateTable('erasures')
      .set({
        user_id: null,
        guild_id: null,
        done_at: now,
        leased_until: null,
        last_error: null,
        receipt: JSON.stringify(receipt),
      })
      .where('id', '=', id)
      .execute();
    return { receipt, locale: step.locale };
  });
  if (done !== undefined) await tell(userId, done.locale, done.receipt, now);
}

/**
 * Takes the row of an erasure out of its own reach until the transaction ends; undefined when another process has done it.
 */
async function begin(
  trx: Transaction<DB>,
  id: string,
): Promise<{ readonly receipt: Receipt; readonly locale: Locale } | undefined> {
  const row = await trx
    .selectFrom('erasures')
    .select(['receipt', 'locale', 'guild_id', 'requested_at'])
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await trx
    .updateTable('erasures')
    .set({ user_id: `-${id}` })
    .where('id', '=', id)
    .execute();
  const receipt = (row.receipt as unknown as Receipt | null) ?? {
    ...NOTHING_ERASED,
    guildId: row.guild_id,
    requestedAt: row.requested_at.toISOString(),
  };
  return { receipt, locale: row.locale as Locale };
}

function withErased(receipt: Receipt, erased: Erased): Receipt {
  return { ...receipt, ...addErased(receipt, erased) };
}
