import type { Selectable, Transaction } from 'kysely';
import type { DB, TicketEvents } from '#db/types';
import type { Database } from '#lib/database/database';
import type { TicketStatus } from './status.ts';

export const eventKinds = [
  'opened',
  'claimed',
  'released',
  'transferred',
  'waiting',
  /** The member wrote while staff waited for them. */
  'answered',
  'escalated',
  'closed',
  'reopened',
  'archived',
  'moved',
  'member_added',
  'member_removed',
  'close_requested',
  /** The member was asked whether a quiet ticket is still needed. */
  'warned',
  'kept',
  'rated',
] as const;
export type EventKind = (typeof eventKinds)[number];

export interface TicketEvent {
  readonly id: string;
  readonly guildId: string;
  readonly ticketId: number;
  readonly kind: EventKind;
  /** Null: the bot by itself. */
  readonly actorId: string | null;
  readonly from: TicketStatus | null;
  readonly to: TicketStatus | null;
  /** Who was added, removed or given the ticket. */
  readonly memberId: string | null;
  readonly categoryId: number | null;
  readonly reason: string | null;
  readonly at: Date;
}

export type NewEvent = Pick<TicketEvent, 'guildId' | 'ticketId' | 'kind' | 'actorId' | 'at'> &
  Partial<TicketEvent>;

function toEvent(row: Selectable<TicketEvents>): TicketEvent {
  return {
    id: row.id,
    guildId: row.guild_id,
    ticketId: row.ticket_id,
    kind: row.kind as EventKind,
    actorId: row.actor_id,
    from: row.from_status as TicketStatus | null,
    to: row.to_status as TicketStatus | null,
    memberId: row.member_id,
    categoryId: row.category_id,
    reason: row.reason,
    at: row.at,
  };
}

/** Writes down what happened. */
export async function addEvent(trx: Transaction<DB>, event: NewEvent): Promise<TicketEvent> {
  const row = await trx
    .insertInto('ticket_events')
    .values({
      guild_id: event.guildId,
      ticket_id: event.ticketId,
      kind: event.kind,
      actor_id: event.actorId,
      from_status: event.from ?? null,
      to_status: event.to ?? null,
      member_id: event.memberId ?? null,
      category_id: event.categoryId ?? null,
      reason: event.reason ?? null,
      at: event.at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toEvent(row);
}

/** All that happened to a ticket, in order. */
export async function eventsOf(db: Database, guildId: string, ticketId: number): Promise<TicketEvent[]> {
  const rows = await db
    .selectFrom('ticket_events')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('ticket_id', '=', ticketId)
    .orderBy('id')
    .execute();
  return rows.map(toEvent);
}

/** One event of a guild; undefined when it is gone. */
export async function readEvent(db: Database, guildId: string, id: string): Promise<TicketEvent | undefined> {
  const row = await db
    .selectFrom('ticket_events')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toEvent(row);
}
