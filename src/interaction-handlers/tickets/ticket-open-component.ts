import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { UserError } from '#lib/errors/user-error';
import { OLD_OPEN_ID, ticketIds } from '#lib/tickets/custom-ids';
import { chooseKind, kindIn, startOpening } from '#lib/tickets/opening';
import type { ComponentInteraction } from '#lib/ui/answer';

/** What members press to open a ticket, on panels of this bot and of the old one. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class TicketOpenComponent extends InteractionHandler {
  public override parse(interaction: ComponentInteraction) {
    const { customId } = interaction;
    if (customId === OLD_OPEN_ID) return this.some({ action: 'any' } as const);
    if (!customId.startsWith(ticketIds.prefix)) return this.none();
    const id = ticketIds.parse(customId);
    if (interaction.isButton())
      return id !== 'outdated' && id.action === 'open' ? this.some(id) : this.none();
    return this.some(id === 'outdated' || id.action !== 'choose' ? ('outdated' as const) : id);
  }

  public async run(
    interaction: ComponentInteraction,
    id: InteractionHandler.ParseResult<this>,
  ): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { tickets } = this.container;
    if (id !== 'outdated' && interaction.isButton() && id.action !== 'choose') {
      const kind = id.action === 'any' ? undefined : kindIn(id.category);
      return startOpening(tickets, interaction, { kind, aboutMessageId: null, text: '' });
    }
    if (id === 'outdated' || id.action !== 'choose' || !interaction.isStringSelectMenu())
      throw new UserError('tickets:outdated');
    return chooseKind(tickets, interaction, id.about);
  }
}
