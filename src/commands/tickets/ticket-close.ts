import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { closeTicket, REASON_MAX, requestClose } from '#lib/tickets/actions';
import { completeTicket, ticketOption } from '#lib/tickets/ticket-option';

@ApplyOptions<Command.Options>({ name: 'ticket_close' })
export class TicketClose extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:ticketClose.description')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          describe(option.setName('reason'), 'commands:ticketClose.reason').setMaxLength(REASON_MAX),
        )
        .addBooleanOption((option) => describe(option.setName('ask'), 'commands:ticketClose.ask'))
        .addIntegerOption((option) => ticketOption(option, 'commands:ticketClose.ticket')),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeTicket(this.container.tickets, interaction, 'open'));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options } = interaction;
    const close = options.getBoolean('ask') === true ? requestClose : closeTicket;
    await close(
      this.container.tickets,
      interaction,
      options.getInteger('ticket'),
      options.getString('reason'),
    );
  }
}
