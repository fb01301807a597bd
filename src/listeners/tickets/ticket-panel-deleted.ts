import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Message, PartialMessage } from 'discord.js';
import { forgetPanels } from '#lib/tickets/panels/panels';

/** Forgets a panel that is deleted. */
@ApplyOptions<Listener.Options>({ event: Events.MessageDelete })
export class TicketPanelDeleted extends Listener {
  public override async run({ guildId, id }: Message | PartialMessage): Promise<void> {
    await forgetPanels(this.container.tickets.db, guildId, [id]);
  }
}
