import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  ApplicationCommandType,
  InteractionContextType,
  type ContextMenuCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localized } from '#lib/i18n/localize-command';
import { defaultLocale, localeOf, translator } from '#lib/i18n/translate';
import { openAbout } from '#lib/reminders/about-actions';

/** In the menu of a message. Discord gives its interactions the English name, whatever the person reads. */
@ApplyOptions<Command.Options>({ name: 'remind_about', aliases: ['Remind me about this'] })
export class RemindAbout extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerContextMenuCommand((builder) =>
      builder
        .setName(translator(defaultLocale)('commands:remindAbout.name'))
        .setNameLocalizations(localized('commands:remindAbout.name'))
        .setType(ApplicationCommandType.Message)
        .setContexts(InteractionContextType.Guild),
    );
  }

  public override async contextMenuRun(interaction: ContextMenuCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild() || !interaction.isMessageContextMenuCommand())
      throw new UserError('common:guildOnly');
    await openAbout(translator(localeOf(interaction.locale)), interaction);
  }
}
