import { mayManage, type Actor } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import type { Reminder } from './queries.ts';

/** Whether a reminder goes to one member alone, and this is neither them nor who made it: then it is none of their business. */
export function isHiddenFrom(
  { recipientId, createdBy }: Pick<Reminder, 'recipientId' | 'createdBy'>,
  userId: string,
): boolean {
  return recipientId !== null && userId !== recipientId && userId !== createdBy;
}

/**
 * Makes sure that this person may change a reminder: its creator, or an admin unless it goes to somebody else alone.
 * @throws UserError when there is none for them or it is somebody else's.
 */
export function requireManageable(
  reminder: Reminder | undefined,
  id: number,
  actor: Actor,
): asserts reminder is Reminder {
  if (reminder === undefined || isHiddenFrom(reminder, actor.userId))
    throw new UserError('reminders:noSuchReminder', { id });
  if (!mayManage(actor, reminder.createdBy)) throw new UserError('reminders:notYours');
}
