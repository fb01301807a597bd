import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  ApplicationCommandType,
  InteractionContextType,
  type ContextMenuCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localized } from '#lib/i18n/localize-command';
import { defaultLocale, translator } from '#lib/i18n/translate';
import { startOpening } from '#lib/tickets/opening';

/** In the menu of a message. Discord gives its interactions the English name, whatever the person reads. */
@ApplyOptions<Command.Options>({ name: 'ticket_about', aliases: ['Open ticket'] })
export class TicketAbout extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerContextMenuCommand((builder) =>
      builder
        .setName(translator(defaultLocale)('commands:ticketAbout.name'))
        .setNameLocalizations(localized('commands:ticketAbout.name'))
        .setType(ApplicationCommandType.Message)
        .setContexts(InteractionContextType.Guild),
    );
  }

  public override async contextMenuRun(interaction: ContextMenuCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild() || !interaction.isMessageContextMenuCommand())
      throw new UserError('common:guildOnly');
    await startOpening(this.container.tickets, interaction, {
      kind: undefined,
      aboutMessageId: interaction.targetId,
      text: '',
    });
  }
}
