import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { toReminder, type Reminder } from './queries.ts';

/** A message that this process has taken on to send. */
export interface ClaimedOccurrence {
  readonly id: string;
  readonly kind: 'advance' | 'event';
  readonly dueAt: Date;
  readonly eventAt: Date;
  /** How long before the event it is due. */
  readonly offsetMinutes: number;
  /** How often it was tried, this time included. It names the claim: who comes later has a higher one. */
  readonly attempts: number;
  readonly nonce: string;
  /** Since when an earlier attempt may have reached Discord without our knowing; null when none did. */
  readonly maybeSentAt: Date | null;
  /** A person asked to send it all the same, however late. */
  readonly isRetried: boolean;
  readonly reminder: Reminder;
}

interface ClaimOptions {
  readonly now: Date;
  readonly limit: number;
  readonly leaseMs: number;
  /** What this process is sending at the moment, whatever a moved clock says of its lease. */
  readonly except?: readonly string[];
}

/**
 * Takes on up to `limit` messages that are due, so that no other process sends them while the lease lasts. Everything due
 * up to now is taken, however late. What a dead process left behind is taken again when its lease has run out.
 */
export async function claimDue(db: Database, options: ClaimOptions): Promise<ClaimedOccurrence[]> {
  const claimed = await db.transaction().execute(async (trx) => {
    await releaseExpired(trx, options);
    return takeDue(trx, options);
  });
  if (claimed.length === 0) return [];
  const rows = await db
    .selectFrom('reminders')
    .selectAll()
    .where('id', 'in', [...new Set(claimed.map((row) => row.reminder_id))])
    .execute();
  const reminders = new Map(rows.map((row) => [row.id, toReminder(row)]));
  // An update returns its rows in no particular order.
  claimed.sort((a, b) => a.due_at.getTime() - b.due_at.getTime() || Number(a.id) - Number(b.id));
  return claimed.flatMap((row) => {
    const reminder = reminders.get(row.reminder_id);
    // Deleted a moment ago; its occurrences went with it.
    if (reminder === undefined) return [];
    return {
      id: row.id,
      kind: row.kind as ClaimedOccurrence['kind'],
      dueAt: row.due_at,
      eventAt: row.event_at,
      offsetMinutes: row.offset_minutes,
      attempts: row.attempts,
      nonce: row.nonce,
      maybeSentAt: row.maybe_sent_before,
      isRetried: row.retried_at !== null,
      reminder,
    };
  });
}

/** Skips what somebody holds: a process that is suspended in a transaction of its own must not hold up the others. */
async function releaseExpired(trx: Transaction<DB>, { now, except = [] }: ClaimOptions): Promise<void> {
  let expired = trx
    .selectFrom('reminder_occurrences')
    .select('id')
    .where('state', '=', 'sending')
    .where('leased_until', '<=', now);
  if (except.length > 0) expired = expired.where('id', 'not in', [...except]);
  await trx
    .updateTable('reminder_occurrences')
    .set({ state: 'pending', leased_until: null })
    .where('id', 'in', expired.forUpdate().skipLocked())
    .execute();
}

function takeDue(trx: Transaction<DB>, { now, limit, leaseMs }: ClaimOptions) {
  return trx
    .with('due', (cte) =>
      cte
        .selectFrom('reminder_occurrences as occurrence')
        .select(['occurrence.id', 'occurrence.maybe_sent_at as maybe_sent_before'])
        .where('occurrence.state', '=', 'pending')
        .where('occurrence.next_attempt_at', '<=', now)
        .orderBy('occurrence.next_attempt_at')
        .limit(limit)
        .forUpdate('occurrence')
        .skipLocked(),
    )
    .updateTable('reminder_occurrences')
    .from('due')
    .whereRef('reminder_occurrences.id', '=', 'due.id')
    .set((eb) => ({
      state: 'sending',
      attempts: eb('reminder_occurrences.attempts', '+', 1),
      leased_until: new Date(now.getTime() + leaseMs),
      // From here on a crash leaves open whether it was sent.
      maybe_sent_at: eb.fn.coalesce('reminder_occurrences.maybe_sent_at', eb.val(now)),
    }))
    .returning([
      'reminder_occurrences.id',
      'reminder_occurrences.reminder_id',
      'reminder_occurrences.kind',
      'reminder_occurrences.due_at',
      'reminder_occurrences.event_at',
      'reminder_occurrences.offset_minutes',
      'reminder_occurrences.attempts',
      'reminder_occurrences.nonce',
      'reminder_occurrences.retried_at',
      'due.maybe_sent_before',
    ])
    .execute();
}

/** A claim that another process may have taken over since. */
type Claim = Pick<ClaimedOccurrence, 'id' | 'attempts'>;

/**
 * Prolongs leases that are still this process's.
 * @returns the ids of those that are.
 */
export async function renewLeases(db: Database, claims: readonly Claim[], until: Date): Promise<Set<string>> {
  const rows = await db
    .updateTable('reminder_occurrences')
    .set({ leased_until: until })
    .where('state', '=', 'sending')
    .where((eb) => eb.or(claims.map(({ id, attempts }) => eb.and({ id, attempts }))))
    .returning('id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Gives back claims whose sending was not begun, so that nobody waits for their lease to run out. */
export async function releaseClaims(db: Database, claims: readonly ClaimedOccurrence[]): Promise<void> {
  for (const { id, attempts, maybeSentAt } of claims) {
    await db
      .updateTable('reminder_occurrences')
      .set({ state: 'pending', leased_until: null, maybe_sent_at: maybeSentAt })
      .where('id', '=', id)
      .where('state', '=', 'sending')
      .where('attempts', '=', attempts)
      .execute();
  }
}
