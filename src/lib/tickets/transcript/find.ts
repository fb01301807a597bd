import { sql } from 'kysely';
import { isAdmin } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { effectiveValue, type Overrides } from '#lib/settings/settings';
import { rulesOf } from '../categories.ts';
import { isTicketStaff, type Colleague } from '../staff.ts';
import { readTicket, toTicket, type Ticket } from '../ticket.ts';

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

export interface FoundTicket {
  readonly ticket: Ticket;
  /** Null: the general kind. */
  readonly category: string | null;
}

/** Tickets whose transcript somebody may read, newest first, by what they typed of a number, a name or a description. */
export async function findReadable(
  db: Database,
  overrides: Overrides,
  guildId: string,
  colleague: Colleague,
  typed: string,
  limit: number,
): Promise<FoundTicket[]> {
  const staffRoleId = effectiveValue(overrides, 'ticketbot.staff_role_id');
  const mayAll = isAdmin(colleague) || (staffRoleId !== null && colleague.roleIds.includes(staffRoleId));
  const roles = [...colleague.roleIds];
  const wanted = typed.trim().replace(/^#/, '');
  const pattern = `%${wanted.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  let query = db
    .selectFrom('support_tickets as ticket')
    .leftJoin('ticket_categories as category', (join) =>
      join.onRef('category.guild_id', '=', 'ticket.guild_id').onRef('category.id', '=', 'ticket.category_id'),
    )
    .selectAll('ticket')
    .select('category.name as category_name')
    .where('ticket.guild_id', '=', guildId)
    .orderBy('ticket.id', 'desc')
    .limit(limit);
  if (!mayAll)
    query = query.where((eb) =>
      eb.or([
        eb('ticket.user_id', '=', colleague.userId),
        ...(roles.length > 0
          ? [eb('category.staff_role_id', 'in', roles), eb('ticket.escalated_to', 'in', roles)]
          : []),
      ]),
    );
  if (wanted !== '')
    query = query.where((eb) =>
      eb.or([
        eb(sql<string>`ticket.id::text`, 'like', pattern.slice(1)),
        eb('ticket.username', 'ilike', pattern),
        eb('ticket.description', 'ilike', pattern),
        eb('category.name', 'ilike', pattern),
      ]),
    );
  const rows = await query.execute();
  return rows.map(({ category_name: category, ...row }) => ({ ticket: toTicket(row), category }));
}
