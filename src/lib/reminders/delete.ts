import type { Actor } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { inTransaction } from '#lib/database/in-transaction';
import { requireManageable } from './access.ts';
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
  return inTransaction(db, async (trx) => {
    const reminder = await lockReminder(trx, guildId, id);
    requireManageable(reminder, id, actor);
    await deleteReminderRow(trx, guildId, id);
    return reminder;
  });
}
