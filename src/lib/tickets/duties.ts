import type { Selectable, Transaction } from 'kysely';
import type { DB, TicketDuties } from '#db/types';
import type { Database } from '#lib/database/database';

/**
 * What the bot owes because of what happened to a ticket.
 * `say`: a line in the ticket. `log`: an entry in the log channel. `tell`: a direct message to the member. `rename`: the channel's name.
 * `delete`: the channel is deleted. `record`: the whole channel is read, so that nothing is missing from the transcript.
 * `summary`: what it was about is kept, and said in the ticket. `transcript`: the opener gets theirs, and is asked how the help was.
 */
export type DutyKind = 'say' | 'log' | 'tell' | 'rename' | 'delete' | 'record' | 'summary' | 'transcript';

/** What takes longer than a person waits for. */
const SLOW: readonly DutyKind[] = ['record', 'summary', 'transcript'];

export interface Duty {
  readonly id: string;
  readonly guildId: string;
  readonly ticketId: number;
  /** What happened. */
  readonly eventId: string | null;
  readonly kind: DutyKind;
  /** Discord answers a repetition with the first message. */
  readonly nonce: string;
  /** How far a long one came. */
  readonly position: string | null;
  /** How often it was tried, this time included; it names the claim. */
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
}

/** Longer than any request takes with its repetitions. */
export const LEASE_MS = 60_000;
/** Who writes what is owed does it at once; what they do not get to, a sweep does. */
const LEFT_TO_SWEEP_MS = 5_000;

/** Writes what is owed because of an event, in the transaction that writes the event. */
export async function addDuties(
  trx: Transaction<DB>,
  event: { readonly id: string; readonly guildId: string; readonly ticketId: number; readonly at: Date },
  kinds: readonly DutyKind[],
): Promise<void> {
  if (kinds.length === 0) return;
  await trx
    .insertInto('ticket_duties')
    .values(
      kinds.map((kind) => ({
        guild_id: event.guildId,
        ticket_id: event.ticketId,
        event_id: event.id,
        kind,
        nonce: `tk:${event.id}:${kind.slice(0, 3)}`,
        due_at: new Date(event.at.getTime() + LEFT_TO_SWEEP_MS),
        created_at: event.at,
      })),
    )
    .execute();
}

interface ClaimOptions {
  readonly now: Date;
  readonly limit: number;
  /** The slow ones, or the others. */
  readonly slow: boolean;
  /** Only this ticket's, due or not. */
  readonly of?: { readonly guildId: string; readonly ticketId: number };
}

/** Takes on what is due, so that no other process does it meanwhile. What a dead process left is taken again after a minute. */
export async function claimDuties(db: Database, { now, limit, slow, of }: ClaimOptions): Promise<Duty[]> {
  const rows = await db
    .with('due', (cte) => {
      const due = cte
        .selectFrom('ticket_duties')
        .select('id')
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .where('kind', slow ? 'in' : 'not in', [...SLOW])
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .skipLocked();
      return of === undefined
        ? due.where('due_at', '<=', now)
        : due.where('guild_id', '=', of.guildId).where('ticket_id', '=', of.ticketId);
    })
    .updateTable('ticket_duties')
    .from('due')
    .whereRef('ticket_duties.id', '=', 'due.id')
    .set((eb) => ({
      leased_until: new Date(now.getTime() + LEASE_MS),
      attempts: eb('ticket_duties.attempts', '+', 1),
    }))
    .returningAll('ticket_duties')
    .execute();
  return rows.map(toDuty).toSorted((one, other) => Number(one.id) - Number(other.id));
}

function toDuty(row: Selectable<TicketDuties>): Duty {
  return {
    id: row.id,
    guildId: row.guild_id,
    ticketId: row.ticket_id,
    eventId: row.event_id,
    kind: row.kind as DutyKind,
    nonce: row.nonce,
    position: row.position,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: row.created_at,
  };
}

/** Strikes off what was done, or what can never be done. */
export async function endDuty(
  db: Database | Transaction<DB>,
  { id, attempts }: Pick<Duty, 'id' | 'attempts'>,
): Promise<void> {
  await db.deleteFrom('ticket_duties').where('id', '=', id).where('attempts', '=', attempts).execute();
}

/** Puts off what could not be done yet. */
export async function postponeDuty(
  db: Database,
  { id, attempts }: Pick<Duty, 'id' | 'attempts'>,
  change: { readonly until: Date; readonly reason: string },
): Promise<void> {
  await db
    .updateTable('ticket_duties')
    .set({ due_at: change.until, leased_until: null, last_error: change.reason })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute();
}

/** Keeps the claim of a long duty, and how far it came. @returns false when another process has taken it over. */
export async function continueDuty(
  db: Database | Transaction<DB>,
  { id, attempts }: Pick<Duty, 'id' | 'attempts'>,
  change: { readonly now: Date; readonly position: string },
): Promise<boolean> {
  const [result] = await db
    .updateTable('ticket_duties')
    .set({ leased_until: new Date(change.now.getTime() + LEASE_MS), position: change.position })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute();
  return result !== undefined && result.numUpdatedRows > 0n;
}
