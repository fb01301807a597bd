import { sql } from 'kysely';
import { personalData } from '#db/personal-data';
import type { Database } from '#lib/database/database';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Whoever was asked whether a question may be sent and did not say has gone on to something else. */
const UNDECIDED_MS = HOUR_MS;
const ROWS_AT_ONCE = 1_000;

/** Removes questions that nobody fetched or decided on, and counts that are old enough. At most 1,000 of each a call. */
export async function removeOldAssistantRows(db: Database, now: Date): Promise<void> {
  const { ai_questions: questions, ai_budgets: budgets, ai_calls: calls } = personalData;
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  await sql`
    delete from ai_questions where id in (
      select id from ai_questions
      where asked_at < ${before(questions.kept.days * DAY_MS)}
        or (state = 'consent' and asked_at < ${before(UNDECIDED_MS)})
      limit ${ROWS_AT_ONCE})`.execute(db);
  await sql`
    delete from ai_calls where id in (
      select id from ai_calls where at < ${before(calls.kept.days * DAY_MS)} order by at limit ${ROWS_AT_ONCE})`.execute(
    db,
  );
  const day = before(budgets.kept.days * DAY_MS)
    .toISOString()
    .slice(0, 10);
  await sql`
    delete from ai_budgets where ctid in (select ctid from ai_budgets where day < ${day} limit ${ROWS_AT_ONCE})`.execute(
    db,
  );
}
