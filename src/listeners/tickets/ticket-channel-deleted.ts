import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { DMChannel, NonThreadGuildBasedChannel } from 'discord.js';
import { channelDeleted } from '#lib/tickets/gone';

/** A ticket whose channel was deleted by hand closes itself. */
@ApplyOptions<Listener.Options>({ event: Events.ChannelDelete })
export class TicketChannelDeleted extends Listener {
  public override async run(channel: DMChannel | NonThreadGuildBasedChannel): Promise<void> {
    if (!channel.isDMBased()) await channelDeleted(this.container.tickets, channel.guildId, channel.id);
  }
}
