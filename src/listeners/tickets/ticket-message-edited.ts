import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Message, PartialMessage } from 'discord.js';
import { watchTicketMessage } from '#lib/tickets/record/record';

/** Keeps both what a message of a ticket says now and what it said before. */
@ApplyOptions<Listener.Options>({ event: Events.MessageUpdate })
export class TicketMessageEdited extends Listener {
  public override async run(
    _old: Message | PartialMessage,
    message: Message | PartialMessage,
  ): Promise<void> {
    await watchTicketMessage(this.container.tickets, message);
  }
}
