import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Message } from 'discord.js';
import { watchTicketMessage } from '#lib/tickets/record/record';

/** Keeps what is said in tickets. */
@ApplyOptions<Listener.Options>({ event: Events.MessageCreate })
export class TicketMessagePosted extends Listener {
  public override async run(message: Message): Promise<void> {
    await watchTicketMessage(this.container.tickets, message);
  }
}
