import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Message, PartialMessage } from 'discord.js';
import { watchTicketDeletion } from '#lib/tickets/record/record';

/** Marks messages of tickets as deleted; what they said stays in the transcript. */
@ApplyOptions<Listener.Options>({ event: Events.MessageDelete })
export class TicketMessageDeleted extends Listener {
  public override async run({ guildId, channelId, id }: Message | PartialMessage): Promise<void> {
    await watchTicketDeletion(this.container.tickets, { guildId, channelId, messageIds: [id] });
  }
}
