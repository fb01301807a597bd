/** One bot of a run with tickets, in a process of its own. */
import { container } from '@sapphire/framework';
import { idleDaysOf } from '../../../src/lib/tickets/idle-days.ts';
import { settleTicket } from '../../../src/lib/tickets/perform.ts';
import { writeTicket } from '../../../src/lib/tickets/write.ts';
import { runProgram } from '../child-program.ts';
import { arm, watchBoundaries } from './boundaries.ts';
import type { FromTicketBot, Opener, TicketRows, ToTicketBot } from './protocol.ts';

/** What happens once a member has said all. */
async function open({ guildId, userId, username }: Opener): Promise<number | null> {
  const { db, settings, clock } = container.tickets;
  const wish = {
    guildId,
    userId,
    username,
    categoryId: null,
    description: 'My key does not work',
    form: [],
    originChannelId: null,
    originMessageId: null,
  };
  const idleDays = idleDaysOf(await settings.overrides(guildId));
  const opened = await writeTicket(db, wish, { openLimit: 1, idleDays, now: clock.now() });
  if ('taken' in opened) return null;
  await settleTicket(container.tickets, { guildId, ticketId: opened.ticket.id });
  return opened.ticket.id;
}

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
      case 'open':
        return { kind: 'opened', ticket: await open(message) };
      case 'rows':
        return { kind: 'rows', ...(await rows()) };
    }
  },
});
