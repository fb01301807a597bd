import type { Actor } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { holdSettings } from '#lib/settings/queries';
import { effectiveValue } from '#lib/settings/settings';
import { requireManageable } from './access.ts';
import { insertOccurrences, lockReminder, type Reminder } from './queries.ts';
import { firstOccurrences, isRecurring } from './schedule.ts';

/**
 * Lets nothing of a reminder be sent until it is resumed: what is not begun is removed, and what was set aside is given up. A message
 * that is on its way at this moment still arrives.
 * @throws UserError when there is no such reminder for this person, it is somebody else's, or it is paused already.
 */
export async function pauseReminder(
  db: Database,
  guildId: string,
  id: number,
  actor: Actor,
  now: Date,
): Promise<Reminder> {
  return db.transaction().execute(async (trx) => {
    const reminder = await lockReminder(trx, guildId, id);
    requireManageable(reminder, id, actor);
    if (reminder.pausedAt !== null) throw new UserError('reminders:pause.already', { id });
    await trx
      .updateTable('reminders')
      .set({ paused_at: now, updated_at: now })
      .where('guild_id', '=', guildId)
      .where('id', '=', id)
      .execute();
    await trx
      .deleteFrom('reminder_occurrences')
      .where('guild_id', '=', guildId)
      .where('reminder_id', '=', id)
      .where('state', '=', 'pending')
      // One that may be out already is looked for yet, and not sent again.
      .where('maybe_sent_at', 'is', null)
      .execute();
    await trx
      .updateTable('reminder_occurrences')
      .set({ state: 'missed', last_error: PAUSED, settled_at: now })
      .where('guild_id', '=', guildId)
      .where('reminder_id', '=', id)
      .where('state', '=', 'parked')
      .execute();
    return { ...reminder, pausedAt: now };
  });
}

/** Why a message of a paused reminder is not sent, as it is recorded. */
export const PAUSED = 'it is paused';

/**
 * Lets a reminder go on with what is due from now on.
 * @returns it, and the instant of its next message.
 * @throws UserError when there is no such reminder for this person, it is somebody else's, it is not paused, or nothing of it is
 *   still to come.
 */
export async function resumeReminder(
  db: Database,
  guildId: string,
  id: number,
  actor: Actor,
  now: Date,
): Promise<{ readonly reminder: Reminder; readonly nextDueAt: Date }> {
  return db.transaction().execute(async (trx) => {
    // Held, so that a change of them either comes before or finds what is written here.
    const zone = effectiveValue(await holdSettings(trx, guildId), 'system.timezone');
    const reminder = await lockReminder(trx, guildId, id);
    requireManageable(reminder, id, actor);
    if (reminder.pausedAt === null) throw new UserError('reminders:pause.not', { id });
    const owed = firstOccurrences(reminder, zone, now);
    const [first] = owed.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
    if (first === undefined)
      throw new UserError(isRecurring(reminder) ? 'reminders:pause.ended' : 'reminders:pause.past', { id });
    await trx
      .updateTable('reminders')
      .set({ paused_at: null, updated_at: now })
      .where('guild_id', '=', guildId)
      .where('id', '=', id)
      .execute();
    await insertOccurrences(trx, reminder, owed);
    return { reminder: { ...reminder, pausedAt: null }, nextDueAt: first.dueAt };
  });
}
