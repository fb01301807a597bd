import type { z } from 'zod';
import { cursorId, pageLimit, pageReply } from '#lib/http/page';
import type { Reply } from '#lib/http/route';
import type { AnalyticsDeps } from './deps.ts';
import { HOURS, type historyQuery } from './history-shapes.ts';

const HOUR_MS = 60 * 60_000;

/** How the bot was, the newest sample first. @throws HttpProblem 422 for a cursor of another list. */
export async function healthHistory(
  { db, clock }: Pick<AnalyticsDeps, 'db' | 'clock'>,
  query: z.output<typeof historyQuery>,
): Promise<Reply> {
  const hours = query.hours ?? HOURS.default;
  const before = cursorId(query);
  const rows = await db
    .selectFrom('health_check_history')
    .selectAll()
    .where('checked_at', '>=', new Date(clock.now().getTime() - hours * HOUR_MS))
    .$if(before !== null, (select) => select.where('id', '<', before))
    .orderBy('id', 'desc')
    .limit(pageLimit(query) + 1)
    .execute();
  const { body, ...reply } = pageReply(
    query,
    'history',
    rows,
    ({ id }) => id,
    ({ id: _id, checked_at, ...sample }) => ({ ...sample, checked_at: checked_at.toISOString() }),
  );
  return { ...reply, body: { ...(body as object), period_hours: hours } };
}
