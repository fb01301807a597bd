import type { Database } from '#lib/database/database';
import type { FormAnswer } from '#lib/tickets/form';
import { readTicket, type Ticket } from '#lib/tickets/ticket';

export const AT = new Date('2026-12-01T09:00:00Z');

interface NewTicket {
  readonly guildId: string;
  readonly userId: string;
  readonly channelId?: string | null;
  readonly username?: string;
  readonly description?: string;
  readonly status?: Ticket['status'];
  readonly categoryId?: number | null;
  readonly closeReason?: string | null;
  readonly form?: readonly FormAnswer[];
  readonly escalatedTo?: string | null;
}

/** A ticket as it is once its channel is there. */
export async function putTicket(db: Database, about: NewTicket): Promise<Ticket> {
  const status = about.status ?? 'open';
  const isOver = status === 'closed' || status === 'archived';
  const row = await db
    .insertInto('support_tickets')
    .values({
      guild_id: about.guildId,
      user_id: about.userId,
      username: about.username ?? 'mia',
      category_id: about.categoryId ?? null,
      description: about.description ?? 'The printer is on fire',
      form: JSON.stringify(about.form ?? []),
      status,
      slot: 1,
      channel_id: about.channelId ?? null,
      opened_at: AT,
      escalated_to: about.escalatedTo ?? null,
      closed_at: isOver ? AT : null,
      close_reason: about.closeReason ?? null,
      last_activity_at: AT,
      created_at: AT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const ticket = await readTicket(db, about.guildId, row.id);
  if (ticket === undefined) throw new Error('the ticket is gone');
  return ticket;
}
