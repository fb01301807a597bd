import type { Database } from '#lib/database/database';
import type { Overrides } from '#lib/settings/settings';
import { rulesOf } from '../categories.ts';
import { isTicketStaff, type Colleague } from '../staff.ts';
import { readTicket, type Ticket } from '../ticket.ts';

export interface ReadableTicket {
  readonly ticket: Ticket;
  /** Whose eyes it is for; null: staff. */
  readonly forMember: string | null;
}

/** A ticket whose transcript somebody may read: its staff, admins, and whoever opened it. @returns undefined for all others, there or not. */
export async function readableTicket(
  db: Database,
  overrides: Overrides,
  guildId: string,
  id: number,
  colleague: Colleague,
): Promise<ReadableTicket | undefined> {
  const ticket = await readTicket(db, guildId, id);
  if (ticket === undefined) return undefined;
  const rules = await rulesOf(db, overrides, guildId, ticket.categoryId);
  if (isTicketStaff(colleague, rules, ticket)) return { ticket, forMember: null };
  return ticket.userId === colleague.userId ? { ticket, forMember: colleague.userId } : undefined;
}
