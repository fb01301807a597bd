import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { transferTicket } from '#lib/tickets/actions';
import { completeTicket, ticketOption } from '#lib/tickets/ticket-option';

@ApplyOptions<Command.Options>({ name: 'ticket_transfer', forTicketStaff: 'any' })
export class TicketTransfer extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:ticketTransfer.description')
        .setContexts(InteractionContextType.Guild)
        .addUserOption((option) =>
          describe(option.setName('member'), 'commands:ticketTransfer.member').setRequired(true),
        )
        .addIntegerOption((option) => ticketOption(option, 'commands:ticketTransfer.ticket')),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeTicket(this.container.tickets, interaction, 'open'));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options } = interaction;
    await transferTicket(
      this.container.tickets,
      interaction,
      options.getInteger('ticket'),
      options.getUser('member', true).id,
    );
  }
}
