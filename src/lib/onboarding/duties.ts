import { createHash } from 'node:crypto';
import { sql, type Selectable, type Transaction } from 'kysely';
import type { DB, OnboardingDuties } from '#db/types';
import type { Database } from '#lib/database/database';

export type DutyKind = 'add_role' | 'remove_role' | 'welcome' | 'report';

/** Something that the bot owes a member who finished. */
export interface Duty {
  readonly id: string;
  readonly guildId: string;
  readonly userId: string;
  readonly kind: DutyKind;
  /** Null for what is no role. */
  readonly roleId: string | null;
  /** For messages: Discord answers a repetition with the first one. */
  readonly nonce: string;
  /** How often it was tried, this time included; it names the claim. */
  readonly attempts: number;
  readonly dueAt: Date;
  /** When staff were told what is in the way, and what that was. */
  readonly toldAt: Date | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
}

/** Longer than any request takes with its repetitions. */
const LEASE_MS = 60_000;
/** Who writes what is owed does it at once; what they do not get to, a sweep does. */
const LEFT_TO_SWEEP_MS = 10_000;

/** Discord's limit for a nonce is 25 characters. */
const NONCE_LENGTH = 22;

/**
 * Writes what is owed. What is owed already stays; a role that is to be given is not to be taken any more, and the other
 * way round.
 */
export async function addDuties(
  trx: Transaction<DB>,
  { guildId, userId }: { readonly guildId: string; readonly userId: string },
  duties: readonly { readonly kind: DutyKind; readonly roleId: string | null }[],
  now: Date,
): Promise<void> {
  for (const { kind, roleId } of duties) {
    if (kind === 'add_role' || kind === 'remove_role')
      await trx
        .deleteFrom('onboarding_duties')
        .where('guild_id', '=', guildId)
        .where('user_id', '=', userId)
        .where('role_id', '=', roleId)
        .where('kind', '=', kind === 'add_role' ? 'remove_role' : 'add_role')
        .execute();
    const nonce = createHash('sha256')
      .update([guildId, userId, kind, roleId ?? '', now.getTime()].join(':'))
      .digest('base64url')
      .slice(0, NONCE_LENGTH);
    await trx
      .insertInto('onboarding_duties')
      .values({
        guild_id: guildId,
        user_id: userId,
        kind,
        role_id: roleId,
        nonce,
        due_at: new Date(now.getTime() + LEFT_TO_SWEEP_MS),
        created_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

interface ClaimOptions {
  readonly now: Date;
  readonly limit: number;
  /** Only this member's, due or not. */
  readonly of?: { readonly guildId: string; readonly userId: string };
}

/** Takes on what is due, so that no other process does it meanwhile. What a dead process left is taken again after a minute. */
export async function claimDuties(db: Database, { now, limit, of }: ClaimOptions): Promise<Duty[]> {
  const rows = await db
    .with('due', (cte) => {
      let due = cte
        .selectFrom('onboarding_duties')
        .select('id')
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .skipLocked();
      due =
        of === undefined
          ? due.where('due_at', '<=', now)
          : due.where('guild_id', '=', of.guildId).where('user_id', '=', of.userId);
      return due;
    })
    .updateTable('onboarding_duties')
    .from('due')
    .whereRef('onboarding_duties.id', '=', 'due.id')
    .set((eb) => ({
      leased_until: new Date(now.getTime() + LEASE_MS),
      attempts: eb('onboarding_duties.attempts', '+', 1),
    }))
    .returningAll('onboarding_duties')
    .execute();
  return rows.map(toDuty).toSorted((one, other) => Number(one.id) - Number(other.id));
}

function toDuty(row: Selectable<OnboardingDuties>): Duty {
  return {
    id: row.id,
    guildId: row.guild_id,
    userId: row.user_id,
    kind: row.kind as DutyKind,
    roleId: row.role_id,
    nonce: row.nonce,
    attempts: row.attempts,
    dueAt: row.due_at,
    toldAt: row.told_at,
    lastError: row.last_error,
    createdAt: row.created_at,
  };
}

/** Strikes off what was done, or what can never be done. */
export async function endDuty(db: Database, { id, attempts }: Duty): Promise<void> {
  await db.deleteFrom('onboarding_duties').where('id', '=', id).where('attempts', '=', attempts).execute();
}

/** Puts off what could not be done yet. @param change.toldAt when staff were told of it, this time or before. */
export async function postponeDuty(
  db: Database,
  { id, attempts, dueAt }: Duty,
  change: { readonly until: Date; readonly reason: string; readonly toldAt: Date | null },
): Promise<void> {
  await db
    .updateTable('onboarding_duties')
    .set({
      // Woken while it was being tried, it is tried once more at once.
      due_at: sql<Date>`case when due_at = ${dueAt}::timestamptz then ${change.until}::timestamptz else due_at end`,
      leased_until: null,
      last_error: change.reason,
      told_at: change.toldAt,
    })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute();
}

/** Makes what waits in a guild due now: something changed that may have been in the way. @returns how much waited. */
export async function wakeDuties(
  db: Database,
  of: { readonly guildId: string; readonly userId?: string; readonly kinds?: readonly DutyKind[] },
  now: Date,
): Promise<number> {
  let update = db.updateTable('onboarding_duties').set({ due_at: now }).where('guild_id', '=', of.guildId);
  if (of.userId !== undefined) update = update.where('user_id', '=', of.userId);
  if (of.kinds !== undefined) update = update.where('kind', 'in', [...of.kinds]);
  const [result] = await update.execute();
  return Number(result?.numUpdatedRows ?? 0);
}
