import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Occurrence } from './schedule.ts';

/** A message that a reminder owes or owed. */
export interface OwedOccurrence {
  readonly id: string;
  readonly offsetMinutes: number;
  readonly eventAt: Date;
  /** Neither begun nor settled. One that may be out already keeps the form in which it is looked for. */
  readonly isPending: boolean;
  /** Not settled. */
  readonly isOpen: boolean;
}

/** All messages of a reminder, the longest ahead of its event first; what is not begun is locked. */
export async function readOwed(trx: Transaction<DB>, reminderId: number): Promise<OwedOccurrence[]> {
  const rows = await trx
    .selectFrom('reminder_occurrences')
    .select(['id', 'offset_minutes', 'event_at', 'state', 'maybe_sent_at'])
    .where('reminder_id', '=', reminderId)
    .orderBy('offset_minutes', 'desc')
    .orderBy('event_at')
    .forUpdate()
    .execute();
  return rows.map((row) => ({
    id: row.id,
    offsetMinutes: row.offset_minutes,
    eventAt: row.event_at,
    isPending: row.state === 'pending' && row.maybe_sent_at === null,
    isOpen: row.state === 'pending' || row.state === 'sending',
  }));
}

/** Gives a message another moment, unless the same went out before under these very values. */
export async function moveOccurrence(trx: Transaction<DB>, id: string, to: Occurrence): Promise<void> {
  await trx
    .updateTable('reminder_occurrences')
    .set({
      kind: to.kind,
      event_at: to.eventAt,
      due_at: to.dueAt,
      next_attempt_at: to.dueAt,
      offset_minutes: to.offsetMinutes,
    })
    .where('id', '=', id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('reminder_occurrences as other')
            .select(sql`1`.as('one'))
            .whereRef('other.reminder_id', '=', 'reminder_occurrences.reminder_id')
            .whereRef('other.id', '!=', 'reminder_occurrences.id')
            .where('other.event_at', '=', to.eventAt)
            .where('other.kind', '=', to.kind)
            .where('other.offset_minutes', '=', to.offsetMinutes),
        ),
      ),
    )
    .execute();
}
