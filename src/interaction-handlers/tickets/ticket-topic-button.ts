import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { topicIds } from '#lib/tickets/topics/custom-ids';
import { useTopicButton } from '#lib/tickets/topics/topic-actions';

/** What admins press on a proposal for the FAQ. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.Button })
export class TicketTopicButton extends InteractionHandler {
  public override parse({ customId }: ButtonInteraction) {
    return customId.startsWith(topicIds.prefix) ? this.some(topicIds.parse(customId)) : this.none();
  }

  public async run(interaction: ButtonInteraction, id: InteractionHandler.ParseResult<this>): Promise<void> {
    if (id === 'outdated' || id.action === 'entry') throw new UserError('tickets:outdated');
    await useTopicButton(this.container.tickets, interaction, id);
  }
}
