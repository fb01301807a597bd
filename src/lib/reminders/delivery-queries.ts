import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { readOverrides } from '#lib/settings/queries';
import { effectiveValue } from '#lib/settings/settings';
import { insertOccurrences, lockReminder, toReminder, type Reminder } from './queries.ts';
import { nextEventAt, occurrencesOf } from './schedule.ts';

/** A message that this process has taken on to send. */
export interface ClaimedOccurrence {
  readonly id: string;
  readonly kind: 'advance' | 'event';
  readonly dueAt: Date;
  readonly eventAt: Date;
  /** How often it was tried, this time included. */
  readonly attempts: number;
  readonly nonce: string;
  readonly reminder: Reminder;
}

/**
 * Takes on up to `limit` messages that are due, so that no other process sends them while the lease lasts. Everything due
 * up to now is taken, however late; guilds that switched reminders off keep theirs waiting. What a dead process left
 * behind is taken again when its lease has run out.
 */
export async function claimDue(
  db: Database,
  options: { readonly now: Date; readonly limit: number; readonly leaseMs: number },
): Promise<ClaimedOccurrence[]> {
  const { now, limit, leaseMs } = options;
  const claimed = await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('reminder_occurrences')
      .set({ state: 'pending', leased_until: null })
      .where('state', '=', 'sending')
      .where('leased_until', '<=', now)
      .execute();
    return trx
      .with('due', (cte) =>
        cte
          .selectFrom('reminder_occurrences as occurrence')
          .select('occurrence.id')
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
      }))
      .returning([
        'reminder_occurrences.id',
        'reminder_occurrences.reminder_id',
        'reminder_occurrences.kind',
        'reminder_occurrences.due_at',
        'reminder_occurrences.event_at',
        'reminder_occurrences.attempts',
        'reminder_occurrences.nonce',
      ])
      .execute();
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
      reminder,
    };
  });
}

/** Records a sent message and, in the same transaction, what the reminder owes next or that it is finished. */
export async function settleSent(
  db: Database,
  occurrence: ClaimedOccurrence,
  messageId: string,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // The reminder's lock comes before the occurrence's, as when a setting moves both.
    const reminder = await lockReminder(trx, occurrence.reminder.guildId, occurrence.reminder.id);
    await settle(trx, occurrence.id, 'sent', now, { message_id: messageId, last_error: null });
    if (reminder === undefined) return;
    await trx.updateTable('reminders').set({ last_sent_at: now }).where('id', '=', reminder.id).execute();
    await goOn(trx, reminder, occurrence, now);
  });
}

/** Sets a message aside that cannot be delivered until a person changes something; later ones of the reminder still come. */
export async function settleParked(
  db: Database,
  occurrence: ClaimedOccurrence,
  reason: string,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const reminder = await lockReminder(trx, occurrence.reminder.guildId, occurrence.reminder.id);
    await settle(trx, occurrence.id, 'parked', now, { last_error: reason });
    if (reminder !== undefined) await goOn(trx, reminder, occurrence, now);
  });
}

/** Lets a message that could not be delivered just now be taken again later. */
export async function postpone(
  db: Database,
  occurrence: ClaimedOccurrence,
  reason: string,
  nextAttemptAt: Date,
): Promise<void> {
  await db
    .updateTable('reminder_occurrences')
    .set({ state: 'pending', leased_until: null, next_attempt_at: nextAttemptAt, last_error: reason })
    .where('id', '=', occurrence.id)
    .where('state', '=', 'sending')
    .execute();
}

async function settle(
  trx: Transaction<DB>,
  id: string,
  state: 'sent' | 'parked',
  now: Date,
  more: { message_id?: string; last_error: string | null },
): Promise<void> {
  await trx
    .updateTable('reminder_occurrences')
    .set({ state, leased_until: null, settled_at: now, ...more })
    .where('id', '=', id)
    .execute();
}

/** What follows a settled message: the next event, or the end of the reminder. */
async function goOn(
  trx: Transaction<DB>,
  reminder: Reminder,
  occurrence: ClaimedOccurrence,
  now: Date,
): Promise<void> {
  if (reminder.eventTime === null || occurrence.kind === 'advance')
    return insertNext(trx, reminder, occurrence.eventAt, now);
  await trx.updateTable('reminders').set({ finished_at: now }).where('id', '=', reminder.id).execute();
  // An announcement that could not go out so far says nothing new after the event's own message.
  await trx
    .updateTable('reminder_occurrences')
    .set({ state: 'missed', settled_at: now })
    .where('reminder_id', '=', reminder.id)
    .where('state', '=', 'pending')
    .execute();
}

/** The event that follows, of those still ahead: several missed in an outage were announced by the one just settled. */
async function insertNext(
  trx: Transaction<DB>,
  reminder: Reminder,
  settledEventAt: Date,
  now: Date,
): Promise<void> {
  if (reminder.eventTime !== null) return;
  const zone = effectiveValue(await readOverrides(trx, reminder.guildId), 'system.timezone');
  const after = settledEventAt > now ? settledEventAt : now;
  const eventAt = nextEventAt(reminder, zone, after);
  if (eventAt !== null) await insertOccurrences(trx, reminder, occurrencesOf(reminder, eventAt).slice(0, 1));
}
