import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { GuildTextBasedChannel, Message, PartialMessage, ReadonlyCollection } from 'discord.js';
import { forgetPanels } from '#lib/tickets/panels/panels';

/** Forgets panels that are deleted together with other messages. */
@ApplyOptions<Listener.Options>({ event: Events.MessageBulkDelete })
export class TicketPanelsDeleted extends Listener {
  public override async run(
    messages: ReadonlyCollection<string, Message | PartialMessage>,
    { guildId }: GuildTextBasedChannel,
  ): Promise<void> {
    await forgetPanels(this.container.tickets.db, guildId, [...messages.keys()]);
  }
}
