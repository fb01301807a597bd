import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { readOverrides } from '#lib/settings/queries';
import { effectiveValue } from '#lib/settings/settings';
import { insertOccurrences, lockReminder, toReminder, type Reminder } from './queries.ts';
import { latestDueEvent, nextEventAt, occurrencesOf } from './schedule.ts';

/** A message that this process has taken on to send. */
export interface ClaimedOccurrence {
  readonly id: string;
  readonly kind: 'advance' | 'event';
  readonly dueAt: Date;
  readonly eventAt: Date;
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
 * up to now is taken, however late; guilds that switched reminders off keep theirs waiting. What a dead process left
 * behind is taken again when its lease has run out.
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
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('bot_settings as setting')
                .select(sql`1`.as('one'))
                .whereRef('setting.guild_id', '=', 'occurrence.guild_id')
                .where('setting.scope', '=', 'reminders')
                .where('setting.key', '=', 'enabled')
                .where(sql<boolean>`setting.value = 'false'::jsonb`),
            ),
          ),
        )
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

/** How a message ended: sent under an id, or not to be sent any more. */
export type Ending =
  | { readonly state: 'sent'; readonly messageId: string }
  | { readonly state: 'parked' | 'missed'; readonly reason: string };

/** `repeated`: set aside for the same reason as before, so nobody needs to hear of it again. `taken-over`: nothing was recorded. */
export type Settlement = 'settled' | 'repeated' | 'taken-over';

/**
 * Records how a message ended and, in the same transaction, what the reminder owes next or that it is finished.
 * @returns 'taken-over' when another process has taken the message over meanwhile.
 */
export async function settle(
  db: Database,
  occurrence: ClaimedOccurrence,
  ending: Ending,
  now: Date,
): Promise<Settlement> {
  return db.transaction().execute(async (trx) => {
    // The reminder's lock comes before the occurrence's, as when a setting moves both.
    const reminder = await lockReminder(trx, occurrence.reminder.guildId, occurrence.reminder.id);
    const before = await trx
      .selectFrom('reminder_occurrences')
      .select('last_error')
      .where('id', '=', occurrence.id)
      .where('state', '=', 'sending')
      .where('attempts', '=', occurrence.attempts)
      .forUpdate()
      .executeTakeFirst();
    if (before === undefined) {
      if (ending.state === 'sent') await correct(trx, occurrence, ending.messageId, now);
      return 'taken-over';
    }
    await trx
      .updateTable('reminder_occurrences')
      .set({
        state: ending.state,
        leased_until: null,
        // What is set aside may be sent yet, and an earlier attempt of unknown outcome then counts.
        maybe_sent_at: ending.state === 'parked' ? occurrence.maybeSentAt : null,
        settled_at: now,
        ...(ending.state === 'sent'
          ? { message_id: ending.messageId, last_error: null }
          : { last_error: ending.reason }),
      })
      .where('id', '=', occurrence.id)
      .execute();
    const reasons = [before.last_error, ...(await replaceParked(trx, occurrence, now))];
    if (reminder !== undefined) {
      if (ending.state === 'sent')
        await trx.updateTable('reminders').set({ last_sent_at: now }).where('id', '=', reminder.id).execute();
      await goOn(trx, reminder, occurrence, ending, now);
    }
    return ending.state === 'parked' && reasons.includes(ending.reason) ? 'repeated' : 'settled';
  });
}

/** A process that slept over its lease has sent after all what another one gave up meanwhile; what follows is settled already. */
async function correct(
  trx: Transaction<DB>,
  { id }: ClaimedOccurrence,
  messageId: string,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('reminder_occurrences')
    .set({ state: 'sent', message_id: messageId, maybe_sent_at: null, last_error: null, settled_at: now })
    .where('id', '=', id)
    .where('state', 'in', ['parked', 'missed'])
    .execute();
}

/**
 * What was set aside before this message says nothing new after it, so of a reminder one message at most is set aside.
 * @returns the reasons for which they were.
 */
async function replaceParked(
  trx: Transaction<DB>,
  { id, reminder, kind, eventAt }: ClaimedOccurrence,
  now: Date,
): Promise<(string | null)[]> {
  const replaced = await trx
    .updateTable('reminder_occurrences')
    .set({ state: 'missed', settled_at: now })
    .where('reminder_id', '=', reminder.id)
    .where('state', '=', 'parked')
    .where('id', '!=', id)
    .where((eb) =>
      kind === 'event'
        ? eb('event_at', '<', eventAt).or(eb.and([eb('event_at', '=', eventAt), eb('kind', '=', 'advance')]))
        : eb('event_at', '<', eventAt),
    )
    .returning('last_error')
    .execute();
  return replaced.map(({ last_error }) => last_error);
}

/**
 * Lets a message that could not be delivered just now be taken again later.
 * @param postponement.isUncertain whether Discord may have accepted it all the same.
 */
export async function postpone(
  db: Database,
  occurrence: ClaimedOccurrence,
  postponement: { readonly reason: string; readonly until: Date; readonly isUncertain: boolean },
): Promise<void> {
  await db
    .updateTable('reminder_occurrences')
    .set({
      state: 'pending',
      leased_until: null,
      next_attempt_at: postponement.until,
      last_error: postponement.reason,
      ...(!postponement.isUncertain && { maybe_sent_at: occurrence.maybeSentAt }),
    })
    .where('id', '=', occurrence.id)
    .where('state', '=', 'sending')
    .where('attempts', '=', occurrence.attempts)
    .execute();
}

/** What follows a settled message: the next event, or the end of the reminder. */
async function goOn(
  trx: Transaction<DB>,
  reminder: Reminder,
  occurrence: ClaimedOccurrence,
  ending: Ending,
  now: Date,
): Promise<void> {
  if (reminder.eventTime === null) {
    // What was set aside before and is settled again has a successor already, perhaps under another offset.
    if (!(await owesLater(trx, occurrence))) await insertNext(trx, reminder, occurrence.eventAt, ending, now);
    return;
  }
  if (occurrence.kind === 'advance') return;
  await trx.updateTable('reminders').set({ finished_at: now }).where('id', '=', reminder.id).execute();
  // An announcement that could not go out so far says nothing new after the event's own message.
  await trx
    .updateTable('reminder_occurrences')
    .set({ state: 'missed', settled_at: now })
    .where('reminder_id', '=', reminder.id)
    .where('state', '=', 'pending')
    .execute();
}

async function owesLater(trx: Transaction<DB>, { reminder, eventAt }: ClaimedOccurrence): Promise<boolean> {
  const row = await trx
    .selectFrom('reminder_occurrences')
    .select('id')
    .where('reminder_id', '=', reminder.id)
    .where('state', 'in', ['pending', 'sending'])
    .where('event_at', '>', eventAt)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The event that follows, of those still ahead; in place of one that was missed, the newest that is due already. */
async function insertNext(
  trx: Transaction<DB>,
  reminder: Reminder,
  settledEventAt: Date,
  ending: Ending,
  now: Date,
): Promise<void> {
  const zone = effectiveValue(await readOverrides(trx, reminder.guildId), 'system.timezone');
  const after = settledEventAt > now ? settledEventAt : now;
  const due = ending.state === 'missed' ? latestDueEvent(reminder, zone, now) : null;
  const eventAt = due !== null && due > settledEventAt ? due : nextEventAt(reminder, zone, after);
  if (eventAt !== null) await insertOccurrences(trx, reminder, occurrencesOf(reminder, eventAt).slice(0, 1));
}
