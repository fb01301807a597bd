import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { GuildTextBasedChannel, Message, PartialMessage, ReadonlyCollection } from 'discord.js';
import { watchTicketDeletion } from '#lib/tickets/record/record';

/** Marks messages of tickets that were deleted together. */
@ApplyOptions<Listener.Options>({ event: Events.MessageBulkDelete })
export class TicketMessagesDeleted extends Listener {
  public override async run(
    messages: ReadonlyCollection<string, Message | PartialMessage>,
    { guildId, id: channelId }: GuildTextBasedChannel,
  ): Promise<void> {
    const messageIds = [...messages.keys()];
    await watchTicketDeletion(this.container.tickets, { guildId, channelId, messageIds });
  }
}
