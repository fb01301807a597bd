import type { Actor } from '#lib/access/who';
import { mayManage } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { deleteReminderRow, lockReminder, type Reminder } from './queries.ts';

/**
 * Deletes a reminder for its creator or an admin.
 * @returns what was deleted.
 * @throws UserError when the guild has no such reminder or it is somebody else's.
 */
export async function deleteReminder(
  db: Database,
  guildId: string,
  id: number,
  actor: Actor,
): Promise<Reminder> {
  return db.transaction().execute(async (trx) => {
    const reminder = await lockReminder(trx, guildId, id);
    if (reminder === undefined) throw new UserError('reminders:noSuchReminder', { id });
    if (!mayManage(actor, reminder.createdBy)) throw new UserError('reminders:notYours');
    await deleteReminderRow(trx, guildId, id);
    return reminder;
  });
}
