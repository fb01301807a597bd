import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { GuildMember } from 'discord.js';
import { memberReturnedToTickets } from '#lib/tickets/gone';

/** Whoever left and comes back sees their open tickets again. */
@ApplyOptions<Listener.Options>({ event: Events.GuildMemberAdd })
export class TicketMemberReturned extends Listener {
  public override async run({ guild, id }: GuildMember): Promise<void> {
    await memberReturnedToTickets(this.container.tickets, guild.id, id);
  }
}
