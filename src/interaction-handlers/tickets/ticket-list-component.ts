import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { UserError } from '#lib/errors/user-error';
import { useTicketList } from '#lib/tickets/list/actions';
import { listIds } from '#lib/tickets/list/custom-ids';
import type { ComponentInteraction } from '#lib/ui/answer';

/** Buttons and selects of the list of tickets. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class TicketListComponent extends InteractionHandler {
  public override parse({ customId }: ComponentInteraction) {
    return customId.startsWith(listIds.prefix) ? this.some(listIds.parse(customId)) : this.none();
  }

  public async run(
    interaction: ComponentInteraction,
    id: InteractionHandler.ParseResult<this>,
  ): Promise<void> {
    if (id === 'outdated') throw new UserError('common:outdated', { command: '/ticket_list' });
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await useTicketList(this.container.tickets, interaction, id);
  }
}
