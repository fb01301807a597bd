import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { ticketIds } from '#lib/tickets/custom-ids';
import { submitForm } from '#lib/tickets/opening';

/** The form of a ticket that is to be opened. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class TicketOpenModal extends InteractionHandler {
  public override parse({ customId }: ModalSubmitInteraction) {
    if (!customId.startsWith(ticketIds.prefix)) return this.none();
    const id = ticketIds.parse(customId);
    return id !== 'outdated' && id.action === 'form' ? this.some(id) : this.none();
  }

  public async run(
    interaction: ModalSubmitInteraction,
    id: InteractionHandler.ParseResult<this>,
  ): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await submitForm(this.container.tickets, interaction, id);
  }
}
