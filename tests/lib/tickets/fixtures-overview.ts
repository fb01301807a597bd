import type { Insertable } from 'kysely';
import type { SupportTickets, TicketCategories } from '#db/types';
import type { Database } from '#lib/database/database';

/** A member may have ten open in each category. */
const SLOTS = 10;
const taken = new Map<string, number>();
let positions = 0;

/** Writes a ticket down as it would stand after some time. @returns its number. */
export async function putTicket(
  db: Database,
  more: Partial<Insertable<SupportTickets>> & { guild_id: string; user_id: string; created_at: Date },
): Promise<number> {
  const of = `${more.guild_id}:${more.user_id}:${more.category_id ?? ''}`;
  const before = taken.get(of) ?? 0;
  taken.set(of, before + 1);
  const { id } = await db
    .insertInto('support_tickets')
    .values({
      description: 'My key does not work',
      username: 'mia',
      last_activity_at: more.created_at,
      slot: (before % SLOTS) + 1,
      ...more,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Writes a category down. @returns its number. */
export async function putCategory(
  db: Database,
  guildId: string,
  name: string,
  more: Partial<Insertable<TicketCategories>> = {},
): Promise<number> {
  positions += 1;
  const { id } = await db
    .insertInto('ticket_categories')
    .values({ guild_id: guildId, position: positions, name, ...more })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
