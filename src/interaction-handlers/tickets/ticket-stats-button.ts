import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { useTicketStats } from '#lib/tickets/stats/actions';
import { statsIds } from '#lib/tickets/stats/custom-ids';

/** Buttons of the statistics of tickets. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.Button })
export class TicketStatsButton extends InteractionHandler {
  public override parse({ customId }: ButtonInteraction) {
    return customId.startsWith(statsIds.prefix) ? this.some(statsIds.parse(customId)) : this.none();
  }

  public async run(interaction: ButtonInteraction, id: InteractionHandler.ParseResult<this>): Promise<void> {
    if (id === 'outdated') throw new UserError('common:outdated', { command: '/ticket_stats' });
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await useTicketStats(this.container.tickets, interaction, id);
  }
}
