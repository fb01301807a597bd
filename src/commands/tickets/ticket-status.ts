import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { localized } from '#lib/i18n/localize-command';
import { defaultLocale, translator } from '#lib/i18n/translate';
import { setStatus } from '#lib/tickets/actions';
import { ticketStatuses, type TicketStatus as TicketStatusName } from '#lib/tickets/status';
import { completeTicket, ticketOption } from '#lib/tickets/ticket-option';

@ApplyOptions<Command.Options>({ name: 'ticket_status', forTicketStaff: 'any' })
export class TicketStatus extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:ticketStatus.description')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          describe(option.setName('status'), 'commands:ticketStatus.status')
            .setRequired(true)
            .addChoices(
              ticketStatuses.map((status) => ({
                name: translator(defaultLocale)(`tickets:status.${status}`),
                name_localizations: localized(`tickets:status.${status}`),
                value: status,
              })),
            ),
        )
        .addIntegerOption((option) => ticketOption(option, 'commands:ticketStatus.ticket')),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeTicket(this.container.tickets, interaction, 'all'));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options } = interaction;
    await setStatus(
      this.container.tickets,
      interaction,
      options.getInteger('ticket'),
      options.getString('status', true) as TicketStatusName,
    );
  }
}
