import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { moveTicket } from '#lib/tickets/actions';
import { completeCategory, GENERAL } from '#lib/tickets/category-option';
import { completeTicket, ticketOption } from '#lib/tickets/ticket-option';

@ApplyOptions<Command.Options>({ name: 'ticket_move', forTicketStaff: 'any' })
export class TicketMove extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:ticketMove.description')
        .setContexts(InteractionContextType.Guild)
        .addIntegerOption((option) =>
          describe(option.setName('category'), 'commands:ticketMove.category')
            .setRequired(true)
            .setAutocomplete(true),
        )
        .addIntegerOption((option) => ticketOption(option, 'commands:ticketMove.ticket')),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const { tickets } = this.container;
    const isCategory = interaction.options.getFocused(true).name === 'category';
    await interaction.respond(
      isCategory
        ? await completeCategory(tickets, interaction)
        : await completeTicket(tickets, interaction, 'open'),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options } = interaction;
    const category = options.getInteger('category', true);
    await moveTicket(
      this.container.tickets,
      interaction,
      options.getInteger('ticket'),
      category === GENERAL ? null : category,
    );
  }
}
