import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { useTicketButton } from '#lib/tickets/buttons';
import { ticketIds } from '#lib/tickets/custom-ids';

/** What members and staff press in a ticket, and the stars by which it is rated. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.Button })
export class TicketButton extends InteractionHandler {
  public override parse({ customId }: ButtonInteraction) {
    if (!customId.startsWith(ticketIds.prefix)) return this.none();
    const id = ticketIds.parse(customId);
    return id !== 'outdated' && id.action === 'open' ? this.none() : this.some(id);
  }

  public async run(interaction: ButtonInteraction, id: InteractionHandler.ParseResult<this>): Promise<void> {
    if (id === 'outdated') throw new UserError('tickets:outdated');
    await useTicketButton(this.container.tickets, interaction, id);
  }
}
