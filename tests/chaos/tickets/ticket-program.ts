/** One bot of a run with tickets, in a process of its own. */
import { container } from '@sapphire/framework';
import { runProgram } from '../child-program.ts';
import { arm, watchBoundaries } from './boundaries.ts';
import type { FromTicketBot, TicketRows, ToTicketBot } from './protocol.ts';

async function rows(): Promise<TicketRows> {
  const { db } = container;
  const tickets = await db.selectFrom('support_tickets').selectAll().orderBy('id').execute();
  const events = await db.selectFrom('ticket_events').selectAll().orderBy('id').execute();
  const duties = await db.selectFrom('ticket_duties').selectAll().orderBy('id').execute();
  return {
    tickets: tickets.map((row) => ({
      id: row.id,
      userId: row.user_id,
      status: row.status,
      channelId: row.channel_id,
      messageId: row.message_id,
      isDue: row.sync_due_at !== null,
    })),
    events: events.map((row) => ({ ticket: row.ticket_id, kind: row.kind })),
    duties: duties.map((row) => ({ ticket: row.ticket_id, kind: row.kind, error: row.last_error })),
  };
}

runProgram<ToTicketBot, FromTicketBot>({
  watch: watchBoundaries,
  async handle(bot, message) {
    switch (message.kind) {
      case 'arm':
        return { kind: 'armed', passed: arm(message.trap) };
      case 'sweep':
        await bot.tasks.runAll();
        return { kind: 'swept' };
      case 'rows':
        return { kind: 'rows', ...(await rows()) };
    }
  },
});
