import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { topicIds } from '#lib/tickets/topics/custom-ids';
import { submitEntry } from '#lib/tickets/topics/topic-actions';

/** An entry of the FAQ that an admin made of a proposal. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class TicketTopicModal extends InteractionHandler {
  public override parse({ customId }: ModalSubmitInteraction) {
    return customId.startsWith(topicIds.prefix) ? this.some(topicIds.parse(customId)) : this.none();
  }

  public async run(
    interaction: ModalSubmitInteraction,
    id: InteractionHandler.ParseResult<this>,
  ): Promise<void> {
    if (id === 'outdated' || id.action !== 'entry') throw new UserError('tickets:outdated');
    await submitEntry(this.container.tickets, interaction, id);
  }
}
