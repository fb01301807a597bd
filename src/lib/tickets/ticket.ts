import type { Selectable, Transaction } from 'kysely';
import type { DB, SupportTickets } from '#db/types';
import type { Database } from '#lib/database/database';
import type { FormAnswer } from './form.ts';
import type { TicketStatus } from './status.ts';

export interface Ticket {
  readonly id: number;
  readonly guildId: string;
  /** `0` when their data was erased. */
  readonly userId: string;
  /** Their name when they opened it. */
  readonly username: string | null;
  /** Null: the general kind. */
  readonly categoryId: number | null;
  readonly slot: number;
  readonly description: string;
  /** What was asked and answered when it was opened. */
  readonly form: readonly FormAnswer[];
  readonly status: TicketStatus;
  readonly originChannelId: string | null;
  readonly originMessageId: string | null;
  /** Null until it is made, and once it is gone. */
  readonly channelId: string | null;
  readonly isThread: boolean;
  /** The message with its buttons. */
  readonly messageId: string | null;
  /** When its channel was ready. */
  readonly openedAt: Date | null;
  readonly claimedBy: string | null;
  readonly claimedAt: Date | null;
  /** The role that was called. */
  readonly escalatedTo: string | null;
  readonly firstResponseAt: Date | null;
  readonly closedAt: Date | null;
  /** Null with `closedAt`: the bot. */
  readonly closedBy: string | null;
  readonly closeReason: string | null;
  readonly archivedAt: Date | null;
  readonly archivedBy: string | null;
  readonly lastActivityAt: Date;
  readonly warnedAt: Date | null;
  readonly createdAt: Date;
}

/** A row as the rest of the code knows it. */
export function toTicket(row: Selectable<SupportTickets>): Ticket {
  return {
    id: row.id,
    guildId: row.guild_id,
    userId: row.user_id,
    username: row.username,
    categoryId: row.category_id,
    slot: row.slot,
    description: row.description,
    form: (row.form ?? []) as unknown as readonly FormAnswer[],
    status: row.status as TicketStatus,
    originChannelId: row.origin_channel_id,
    originMessageId: row.origin_message_id,
    channelId: row.channel_id,
    isThread: row.is_thread,
    messageId: row.message_id,
    openedAt: row.opened_at,
    claimedBy: row.claimed_by,
    claimedAt: row.claimed_at,
    escalatedTo: row.escalated_to,
    firstResponseAt: row.first_response_at,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    closeReason: row.close_reason,
    archivedAt: row.archived_at,
    archivedBy: row.archived_by,
    lastActivityAt: row.last_activity_at,
    warnedAt: row.warned_at,
    createdAt: row.created_at,
  };
}

/** A ticket of a guild; undefined when it has none of this number. */
export async function readTicket(db: Database, guildId: string, id: number): Promise<Ticket | undefined> {
  const row = await db
    .selectFrom('support_tickets')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toTicket(row);
}

/** The ticket whose channel this is. */
export async function ticketOfChannel(
  db: Database,
  guildId: string,
  channelId: string,
): Promise<Ticket | undefined> {
  const row = await db
    .selectFrom('support_tickets')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('channel_id', '=', channelId)
    .executeTakeFirst();
  return row && toTicket(row);
}

/** A ticket that nobody else changes until the transaction ends. */
export async function lockTicket(
  trx: Transaction<DB>,
  guildId: string,
  id: number,
): Promise<Ticket | undefined> {
  const row = await trx
    .selectFrom('support_tickets')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && toTicket(row);
}

/** Who was let into a ticket beside its opener and staff. */
export async function membersOf(db: Database, guildId: string, ticketId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('ticket_members')
    .select('user_id')
    .where('guild_id', '=', guildId)
    .where('ticket_id', '=', ticketId)
    .orderBy('added_at')
    .orderBy('user_id')
    .execute();
  return rows.map(({ user_id: userId }) => userId);
}
