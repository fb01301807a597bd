import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { completeCategory, GENERAL } from '#lib/tickets/category-option';
import { startOpening, TEXT_MAX } from '#lib/tickets/opening';

/** Opens a ticket. */
@ApplyOptions<Command.Options>({ name: 'ticket' })
export class Ticket extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:ticket.description')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          describe(option.setName('description'), 'commands:ticket.text').setMaxLength(TEXT_MAX),
        )
        .addIntegerOption((option) =>
          describe(option.setName('category'), 'commands:ticket.category')
            .setAutocomplete(true)
            .setMinValue(0),
        ),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(
      await completeCategory(this.container.tickets, interaction, { onlyOpen: true }),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options } = interaction;
    const category = options.getInteger('category');
    await startOpening(this.container.tickets, interaction, {
      kind: category === GENERAL ? null : (category ?? undefined),
      aboutMessageId: null,
      text: options.getString('description')?.trim() ?? '',
    });
  }
}
