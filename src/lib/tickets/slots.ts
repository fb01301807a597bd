import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import { UserError } from '#lib/errors/user-error';
import { openStatuses } from './status.ts';
import type { Ticket } from './ticket.ts';

/** Tickets that a member has open in a category, each in a slot of its own. */
export interface TakenSlot {
  readonly ticketId: number;
  readonly channelId: string | null;
  readonly slot: number;
}

/** @param categoryId null: the general kind. */
export async function takenSlots(
  trx: Transaction<DB>,
  of: { readonly guildId: string; readonly userId: string; readonly categoryId: number | null },
): Promise<TakenSlot[]> {
  const rows = await trx
    .selectFrom('support_tickets')
    .select(['id', 'channel_id', 'slot'])
    .where('guild_id', '=', of.guildId)
    .where('user_id', '=', of.userId)
    .where(sql<number>`coalesce(category_id, 0)`, '=', of.categoryId ?? 0)
    .where('status', 'in', openStatuses)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ticketId: row.id, channelId: row.channel_id, slot: row.slot }));
}

/** The first slot that is free; null when the member has as many open as they may. */
export function freeSlot(taken: readonly TakenSlot[], openLimit: number): number | null {
  const slots = new Set(taken.map(({ slot }) => slot));
  if (taken.length >= openLimit) return null;
  return Array.from({ length: openLimit }, (_, index) => index + 1).find((slot) => !slots.has(slot)) ?? null;
}

/**
 * A slot for a ticket that is opened again or goes to another category.
 * @throws UserError when the member has as many open there as they may.
 */
export async function takeSlot(
  trx: Transaction<DB>,
  ticket: Ticket,
  categoryId: number | null,
  { openLimit }: { readonly openLimit: number },
): Promise<number> {
  const { guildId, userId } = ticket;
  const taken = await takenSlots(trx, { guildId, userId, categoryId });
  const slot = freeSlot(taken, openLimit);
  if (slot === null)
    throw new UserError('tickets:memberHasOthers', { member: `<@${userId}>`, count: openLimit });
  return slot;
}
