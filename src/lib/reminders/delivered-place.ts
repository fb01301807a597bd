import type { ModalSubmitInteraction } from 'discord.js';
import { actorOf, isAdmin, mayManage } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import type { ComponentInteraction } from '#lib/ui/answer';
import { readReminder, type Reminder } from './queries.ts';

const REMINDER_NUMBER = /^\d{1,10}$/;
/** The column is an integer. */
const REMINDER_NUMBER_MAX = 2_147_483_647;

/** Whoever presses something on a delivered message, or on what came of that. */
export type DeliveredInteraction = ComponentInteraction | ModalSubmitInteraction;

export interface DeliveredPlace {
  readonly guildId: string;
  readonly isDirect: boolean;
  /** Null when it was deleted, or is not this person's to see. */
  readonly reminder: Reminder | null;
  /** Whether this person decides about it for everyone in the channel. */
  readonly mayManage: boolean;
}

/**
 * The number of the reminder in the ids of a delivered message. The guild in them counts in direct messages only, where
 * Discord names none.
 * @throws UserError when the ids are of another guild, or of none: somebody copied them.
 */
export function requireReminderNumber(
  { guildId }: DeliveredInteraction,
  id: { readonly guild: string; readonly reminder: string },
): number {
  const number = REMINDER_NUMBER.test(id.reminder) ? Number(id.reminder) : REMINDER_NUMBER_MAX + 1;
  if ((guildId !== null && guildId !== id.guild) || number > REMINDER_NUMBER_MAX)
    throw new UserError('common:outdated', { command: '/reminder_list' });
  return number;
}

/**
 * Where a delivered message is, and whose.
 * @throws UserError when its ids were copied.
 */
export async function deliveredPlace(
  db: Database,
  interaction: DeliveredInteraction,
  id: { readonly guild: string; readonly reminder: string },
): Promise<DeliveredPlace> {
  const isDirect = interaction.guildId === null;
  const number = requireReminderNumber(interaction, id);
  const found = await readReminder(db, id.guild, number);
  const recipient = isDirect ? interaction.user.id : null;
  const reminder = found?.recipientId === recipient ? found : null;
  const actor = actorOf(interaction);
  return {
    guildId: id.guild,
    isDirect,
    reminder,
    mayManage: !isDirect && (reminder === null ? isAdmin(actor) : mayManage(actor, reminder.createdBy)),
  };
}
