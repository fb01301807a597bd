import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Message } from 'discord.js';
import { noticeActivity, ticketOfMessage } from '#lib/tickets/activity';

/** A ticket in which somebody writes is not idle. */
@ApplyOptions<Listener.Options>({ event: Events.MessageCreate })
export class TicketActivity extends Listener {
  public override async run(message: Message): Promise<void> {
    if (!message.inGuild() || message.author.bot) return;
    const { tickets } = this.container;
    const ticket = await ticketOfMessage(tickets, message);
    if (ticket !== undefined) await noticeActivity(tickets, message, ticket);
  }
}
