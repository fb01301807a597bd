/** One bot of a run, in a process of its own: the same start as in production, watched from outside. */
import { setTimeout as sleep } from 'node:timers/promises';
import { container } from '@sapphire/framework';
import type { RunningBot } from '../../src/start.ts';
import { isOfReminders } from '../setup/reminder-tasks.ts';
import { runProgram } from './child-program.ts';
import type { Dues, FromBot, MadeReminder, OccurrenceRow, ToBot } from './protocol.ts';
import { arm, watchSteps } from './step-points.ts';

const IDLE_POLL_MS = 5;

async function dues(): Promise<Dues> {
  const now = container.clock.now();
  const rows = await container.db
    .selectFrom('reminder_occurrences')
    .select(['state', 'next_attempt_at', 'leased_until'])
    .where('state', 'in', ['pending', 'sending'])
    .execute();
  const moments = rows.map((row) =>
    row.state === 'sending' && row.leased_until !== null ? row.leased_until : row.next_attempt_at,
  );
  const ahead = moments.filter((moment) => moment > now).map((moment) => moment.getTime());
  return {
    overdue: moments.length - ahead.length,
    next: ahead.length === 0 ? null : new Date(Math.min(...ahead)).toISOString(),
  };
}

async function allRows(): Promise<OccurrenceRow[]> {
  const rows = await container.db.selectFrom('reminder_occurrences').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    reminder: row.reminder_id,
    kind: row.kind,
    due: row.due_at.toISOString(),
    event: row.event_at.toISOString(),
    state: row.state,
    messageId: row.message_id,
    error: row.last_error,
    settledAt: row.settled_at?.toISOString() ?? null,
  }));
}

async function allReminders(): Promise<MadeReminder[]> {
  const rows = await container.db.selectFrom('reminders').selectAll().orderBy('id').execute();
  return rows.map(({ id, source, origin_message_id, event_time, call_time, days, rrule }) => ({
    id,
    source,
    originMessageId: origin_message_id,
    eventTime: event_time?.toISOString() ?? null,
    definition: JSON.stringify([event_time, call_time, days, rrule]),
  }));
}

/** A sweep leaves behind what takes longer; here time may only be moved on when it is done. */
async function sweepUntilIdle(bot: RunningBot): Promise<FromBot> {
  await bot.tasks.runAll(isOfReminders);
  while (container.delivery.inFlight > 0) await sleep(IDLE_POLL_MS);
  return { kind: 'swept' };
}

runProgram<ToBot, FromBot>({
  watch: watchSteps,
  handle(bot, message) {
    switch (message.kind) {
      case 'arm':
        arm(message.trap);
        return null;
      case 'sweep':
        return sweepUntilIdle(bot);
      case 'look':
        return dues().then((found) => ({ kind: 'dues', ...found }));
      case 'rows':
        return allRows().then((rows) => ({ kind: 'rows', rows }));
      case 'reminders':
        return allReminders().then((reminders) => ({ kind: 'reminders', reminders }));
    }
  },
});
