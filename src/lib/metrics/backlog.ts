import { sql } from 'kysely';
import type { Database } from '#lib/database/database';

/** What waits in the database to be done, of all guilds together. */
export interface Backlog {
  /** How much is due, by what it is; counted up to {@link COUNTED_MAX}. */
  readonly due: Readonly<Record<DueKind, number>>;
  /** For how long the oldest reminder has been due that no process took on, in seconds; 0 when none is. */
  readonly oldestReminderS: number;
  readonly parkedReminders: number;
  readonly openTickets: number;
}

export type DueKind = 'reminders' | 'ticket_duties' | 'onboarding_duties' | 'ai_questions' | 'erasures';

/** More is not counted, so that looking costs little when much waits. */
export const COUNTED_MAX = 10_000;
/** Of all guilds: whoever runs the bot is told numbers, and nothing of what they stand for. @throws what the database throws. */
export async function readBacklog(db: Database, now: Date): Promise<Backlog> {
  const due = (table: string, column: string, where = 'true') => sql<number>`
    (select count(*)::integer from (select from ${sql.table(table)}
      where ${sql.raw(where)} and ${sql.ref(column)} <= ${now} limit ${COUNTED_MAX}) due)`;
  const { rows } = await sql<Row>`
    select ${due('reminder_occurrences', 'next_attempt_at', "state = 'pending'")} as reminders,
      (select min(next_attempt_at) from reminder_occurrences where state = 'pending') as oldest,
      (select count(*)::integer from reminder_occurrences where state = 'parked') as parked,
      ${due('ticket_duties', 'due_at')} as ticket_duties,
      ${due('onboarding_duties', 'due_at')} as onboarding_duties,
      ${due('ai_questions', 'due_at', "state in ('asking', 'ended')")} as ai_questions,
      ${due('erasures', 'due_at', 'done_at is null')} as erasures,
      (select count(*)::integer from support_tickets where status not in ('closed', 'archived')) as open_tickets
  `.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('the backlog has no row');
  const { reminders, ticket_duties, onboarding_duties, ai_questions, erasures } = row;
  return {
    due: { reminders, ticket_duties, onboarding_duties, ai_questions, erasures },
    oldestReminderS: row.oldest === null ? 0 : Math.max(0, (now.getTime() - row.oldest.getTime()) / 1_000),
    parkedReminders: row.parked,
    openTickets: row.open_tickets,
  };
}

type Row = Readonly<Record<DueKind, number>> & {
  readonly oldest: Date | null;
  readonly parked: number;
  readonly open_tickets: number;
};
