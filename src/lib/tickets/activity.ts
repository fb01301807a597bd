import type { Message } from 'discord.js';
import { changeLocked } from './changes.ts';
import type { TicketDeps } from './deps.ts';
import { idleDaysOf, idleDueAt } from './idle-days.ts';
import { ticketIn } from './record/channels.ts';
import { staffTest } from './record/record.ts';
import { isOpen } from './status.ts';
import { syncTicket } from './sync.ts';
import { lockTicket, type Ticket } from './ticket.ts';

/**
 * Somebody wrote in a ticket: it is not idle, staff's first words are its first response, and the member's answer ends the waiting for them.
 * @param ticket of the channel where it was written.
 */
export async function noticeActivity(
  deps: TicketDeps,
  message: Message<true>,
  ticket: Ticket,
): Promise<void> {
  if (message.author.bot || !isOpen(ticket.status)) return;
  const { db, settings, clock } = deps;
  const { guildId, id: ticketId } = ticket;
  const overrides = await settings.overrides(guildId);
  const idleDays = idleDaysOf(overrides);
  const isOpener = message.author.id === ticket.userId;
  const isStaff = await staffTest(deps, ticket);
  const isByStaff = !isOpener && (message.author.id === ticket.claimedBy || isStaff(message.member));
  const now = clock.now();
  const isAnswered = await db.transaction().execute(async (trx) => {
    const before = await lockTicket(trx, guildId, ticketId);
    if (before === undefined || !isOpen(before.status)) return false;
    await trx
      .updateTable('support_tickets')
      .set({
        last_activity_at: now,
        warned_at: null,
        idle_due_at: idleDueAt(idleDays, now, null),
        ...(isByStaff && before.firstResponseAt === null && { first_response_at: now }),
      })
      .where('guild_id', '=', guildId)
      .where('id', '=', ticketId)
      .execute();
    if (!isOpener || before.status !== 'waiting_for_user') return false;
    await changeLocked(
      trx,
      { guildId, ticketId, actorId: message.author.id, now, idleDays },
      { do: 'answer' },
    );
    return true;
  });
  if (isAnswered) await syncTicket(deps, guildId, ticketId);
}

/** The ticket in whose channel a message was written, if it was in one. */
export async function ticketOfMessage(deps: TicketDeps, message: Message): Promise<Ticket | undefined> {
  if (!message.inGuild()) return undefined;
  return ticketIn(deps, message.guildId, message.channelId);
}
