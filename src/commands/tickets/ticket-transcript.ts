import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { localeOf, translator } from '#lib/i18n/translate';
import { completeTicket, ticketOption } from '#lib/tickets/ticket-option';
import { showTranscript } from '#lib/tickets/transcript/actions';

/** What was said in a ticket, for its staff and for whoever opened it. */
@ApplyOptions<Command.Options>({
  name: 'ticket_transcript',
  preconditions: [{ name: 'member-limit', context: { max: 5, perMs: 60_000 } }],
})
export class TicketTranscript extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:ticketTranscript.description')
        .setContexts(InteractionContextType.Guild)
        .addIntegerOption((option) =>
          ticketOption(option, 'commands:ticketTranscript.ticket').setRequired(true),
        ),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeTicket(this.container.tickets, interaction, 'all'));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const t = translator(localeOf(interaction.locale));
    const id = interaction.options.getInteger('ticket', true);
    await showTranscript(this.container.tickets, t, interaction, id);
  }
}
