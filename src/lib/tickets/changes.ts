import type { Transaction, Updateable } from 'kysely';
import type { DB, SupportTickets } from '#db/types';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import type { SentenceKey } from '#lib/i18n/translate';
import { addDuties, type DutyKind } from './duties.ts';
import { addEvent, type EventKind, type TicketEvent } from './events.ts';
import { idleDueAt, type IdleDays } from './idle-days.ts';
import { isOpen, mayBecome, type TicketStatus } from './status.ts';
import { takeSlot } from './slots.ts';
import { lockTicket, toTicket, type Ticket } from './ticket.ts';

interface MemberAction {
  readonly do: 'add' | 'remove';
  readonly memberId: string;
}

/** What is done with a ticket. */
export type Action =
  | { readonly do: 'claim' | 'release' | 'wait' | 'answer' | 'archive' | 'keep' | 'warn' }
  | { readonly do: 'transfer'; readonly memberId: string }
  | MemberAction
  | { readonly do: 'escalate'; readonly roleId: string }
  | { readonly do: 'close' | 'requestClose'; readonly reason: string | null }
  /** `openLimit`: how many the member may have open in the category. */
  | { readonly do: 'reopen'; readonly openLimit: number }
  | { readonly do: 'move'; readonly categoryId: number | null; readonly openLimit: number };

/** Who does it, with which ticket. */
export interface Doing {
  readonly guildId: string;
  readonly ticketId: number;
  /** Null: the bot by itself. */
  readonly actorId: string | null;
  readonly now: Date;
  readonly idleDays: IdleDays;
}

export interface Changed {
  readonly ticket: Ticket;
  readonly event: TicketEvent;
}

interface Decision {
  readonly event: EventKind;
  readonly to?: TicketStatus;
  readonly set?: Updateable<SupportTickets>;
  readonly memberId?: string;
  readonly categoryId?: number | null;
  readonly reason?: string | null;
  readonly duties: readonly DutyKind[];
}

/**
 * Does something with a ticket: state, event and what follows from it in one transaction, while nobody else changes the ticket.
 * @param isAsExpected whether the ticket is still what led to this.
 * @throws UserError when there is no such ticket, or it is in no state for it; nothing has changed then.
 */
export async function changeTicket(
  db: Database,
  doing: Doing,
  action: Action,
  isAsExpected: (before: Ticket) => boolean = () => true,
): Promise<Changed> {
  return db.transaction().execute((trx) => changeLocked(trx, doing, action, isAsExpected));
}

/** The same within a transaction that is open. */
export async function changeLocked(
  trx: Transaction<DB>,
  doing: Doing,
  action: Action,
  isAsExpected: (before: Ticket) => boolean = () => true,
): Promise<Changed> {
  const { guildId, ticketId, actorId, now, idleDays } = doing;
  const before = await lockTicket(trx, guildId, ticketId);
  if (before === undefined) throw new UserError('tickets:unknown');
  if (!isAsExpected(before)) throw new UserError('tickets:changedMeanwhile');
  const decision = decide(before, actorId, action, now);
  const { to = before.status } = decision;
  if (to !== before.status && !mayBecome(before.status, to)) throw illegal(before.status, to);
  const set: Updateable<SupportTickets> = { ...decision.set };
  if (action.do === 'reopen' || action.do === 'move')
    set.slot = await takeSlot(trx, before, action.do === 'move' ? action.categoryId : before.categoryId, {
      openLimit: action.openLimit,
    });
  if (action.do === 'add' || action.do === 'remove') await changeMember(trx, before, actorId, action, now);
  const lastActivityAt = (set.last_activity_at as Date | undefined) ?? before.lastActivityAt;
  const warnedAt = set.warned_at === undefined ? before.warnedAt : (set.warned_at as Date | null);
  const row = await trx
    .updateTable('support_tickets')
    .set({
      ...set,
      status: to,
      updated_at: now,
      idle_due_at: isOpen(to) ? idleDueAt(idleDays, lastActivityAt, warnedAt) : null,
      sync_due_at: now,
      // What was in the way may be so no more. Until all is known to be there, what a dead process made is still to be looked for.
      ...(before.messageId !== null && { sync_attempts: 0 }),
    })
    .where('id', '=', ticketId)
    .where('guild_id', '=', guildId)
    .returningAll()
    .executeTakeFirstOrThrow();
  const event = await addEvent(trx, {
    guildId,
    ticketId,
    kind: decision.event,
    actorId,
    from: before.status,
    to,
    memberId: decision.memberId ?? null,
    categoryId: decision.categoryId ?? null,
    reason: decision.reason ?? null,
    at: now,
  });
  await addDuties(trx, event, decision.duties);
  return { ticket: toTicket(row), event };
}

/** What follows from an action on a ticket as it is. @throws UserError when it cannot be done. */
function decide(ticket: Ticket, actorId: string | null, action: Action, now: Date): Decision {
  const { status } = ticket;
  const requireOpen = (): void => {
    if (!isOpen(status)) throw new UserError(closedSentence(status));
  };
  const fresh = { last_activity_at: now, warned_at: null } as const;
  switch (action.do) {
    case 'claim':
      requireOpen();
      requireUnclaimed(ticket, actorId);
      return {
        event: 'claimed',
        to: 'claimed',
        set: { ...fresh, claimed_by: actorId, claimed_at: now },
        duties: ['say', 'log'],
      };
    case 'release':
      requireOpen();
      if (ticket.claimedBy === null) throw new UserError('tickets:notClaimed');
      return {
        event: 'released',
        ...(status === 'claimed' && { to: 'open' as const }),
        set: { claimed_by: null, claimed_at: null },
        duties: ['say', 'log'],
      };
    case 'transfer':
      requireOpen();
      if (ticket.claimedBy === action.memberId)
        throw new UserError('tickets:claimedByThem', { member: `<@${action.memberId}>` });
      return {
        event: 'transferred',
        to: 'claimed',
        set: { ...fresh, claimed_by: action.memberId, claimed_at: now },
        memberId: action.memberId,
        duties: ['say', 'log'],
      };
    case 'wait':
      requireOpen();
      if (status === 'waiting_for_user') throw new UserError('tickets:waitsAlready');
      return { event: 'waiting', to: 'waiting_for_user', set: fresh, duties: ['say', 'log'] };
    case 'answer':
      return {
        event: 'answered',
        to: ticket.claimedBy === null ? 'open' : 'claimed',
        set: fresh,
        duties: [],
      };
    case 'escalate':
      requireOpen();
      if (status === 'escalated' && ticket.escalatedTo === action.roleId)
        throw new UserError('tickets:escalatedAlready');
      return {
        event: 'escalated',
        to: 'escalated',
        set: { ...fresh, escalated_to: action.roleId },
        duties: ['say', 'log'],
      };
    case 'requestClose':
      requireOpen();
      return { event: 'close_requested', reason: action.reason, duties: ['say'] };
    case 'close':
      requireOpen();
      return {
        event: 'closed',
        to: 'closed',
        set: { closed_at: now, closed_by: actorId, close_reason: action.reason },
        reason: action.reason,
        duties: ['say', 'log', 'rename', 'record'],
      };
    case 'reopen':
      if (isOpen(status)) throw new UserError('tickets:openAlready');
      // Its channel is gone for good.
      if (status === 'archived' || ticket.channelId === null) throw new UserError('tickets:gone');
      return {
        event: 'reopened',
        to: ticket.claimedBy === null ? 'open' : 'claimed',
        set: { ...fresh, closed_at: null, closed_by: null, close_reason: null },
        duties: ['say', 'log', 'rename'],
      };
    case 'archive':
      if (isOpen(status)) throw new UserError('tickets:closeFirst');
      if (status === 'archived') throw new UserError('tickets:gone');
      return {
        event: 'archived',
        to: 'archived',
        set: { archived_at: now, archived_by: actorId },
        duties: ['log', 'delete'],
      };
    case 'move':
      requireOpen();
      if (ticket.categoryId === action.categoryId) throw new UserError('tickets:thereAlready');
      return {
        event: 'moved',
        set: { category_id: action.categoryId },
        categoryId: action.categoryId,
        duties: ['say', 'log'],
      };
    case 'add':
    case 'remove':
      requireOpen();
      return {
        event: action.do === 'add' ? 'member_added' : 'member_removed',
        memberId: action.memberId,
        duties: ['say'],
      };
    case 'warn':
      requireOpen();
      return { event: 'warned', set: { warned_at: now }, duties: ['say', 'tell'] };
    case 'keep':
      requireOpen();
      return { event: 'kept', set: fresh, duties: ['say'] };
  }
}

function requireUnclaimed({ claimedBy, status }: Ticket, actorId: string | null): void {
  if (claimedBy === null) return;
  if (claimedBy !== actorId) throw new UserError('tickets:claimedByThem', { member: `<@${claimedBy}>` });
  if (status === 'claimed') throw new UserError('tickets:claimedByYou');
}

function closedSentence(status: TicketStatus): SentenceKey {
  return status === 'archived' ? 'tickets:gone' : 'tickets:closedAlready';
}

function illegal(from: TicketStatus, to: TicketStatus): UserError {
  return new UserError('tickets:illegal', {
    from: [`tickets:status.${from}`],
    to: [`tickets:status.${to}`],
  });
}

async function changeMember(
  trx: Transaction<DB>,
  ticket: Ticket,
  actorId: string | null,
  action: MemberAction,
  now: Date,
): Promise<void> {
  const member = `<@${action.memberId}>`;
  if (action.memberId === ticket.userId)
    throw new UserError(action.do === 'add' ? 'tickets:insideAlready' : 'tickets:opensIt', { member });
  if (action.do === 'add') {
    const [result] = await trx
      .insertInto('ticket_members')
      .values({
        guild_id: ticket.guildId,
        ticket_id: ticket.id,
        user_id: action.memberId,
        added_by: actorId ?? ticket.userId,
        added_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    if (result?.numInsertedOrUpdatedRows === 0n) throw new UserError('tickets:insideAlready', { member });
    return;
  }
  const [result] = await trx
    .deleteFrom('ticket_members')
    .where('guild_id', '=', ticket.guildId)
    .where('ticket_id', '=', ticket.id)
    .where('user_id', '=', action.memberId)
    .execute();
  if (result?.numDeletedRows === 0n) throw new UserError('tickets:notInside', { member });
}
