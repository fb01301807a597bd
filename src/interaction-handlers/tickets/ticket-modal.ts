import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { submitTicketModal } from '#lib/tickets/buttons';
import { ticketIds } from '#lib/tickets/custom-ids';

/** What is typed about a ticket that is there: why it is closed, and how the help was. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class TicketModal extends InteractionHandler {
  public override parse({ customId }: ModalSubmitInteraction) {
    if (!customId.startsWith(ticketIds.prefix)) return this.none();
    const id = ticketIds.parse(customId);
    return id !== 'outdated' && id.action === 'form' ? this.none() : this.some(id);
  }

  public async run(
    interaction: ModalSubmitInteraction,
    id: InteractionHandler.ParseResult<this>,
  ): Promise<void> {
    if (id === 'outdated') throw new UserError('tickets:outdated');
    await submitTicketModal(this.container.tickets, interaction, id);
  }
}
