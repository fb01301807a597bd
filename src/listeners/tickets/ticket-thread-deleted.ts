import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { ThreadChannel } from 'discord.js';
import { channelDeleted } from '#lib/tickets/gone';

/** A ticket whose thread was deleted by hand closes itself. */
@ApplyOptions<Listener.Options>({ event: Events.ThreadDelete })
export class TicketThreadDeleted extends Listener {
  public override async run({ guildId, id }: ThreadChannel): Promise<void> {
    await channelDeleted(this.container.tickets, guildId, id);
  }
}
