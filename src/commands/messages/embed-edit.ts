import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
  type ContextMenuCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localized } from '#lib/i18n/localize-command';
import { defaultLocale, translator } from '#lib/i18n/translate';
import { openEdit } from '#lib/messages/embed-actions';

/** In the menu of a message. Discord gives its interactions the English name, whatever the person reads. */
@ApplyOptions<Command.Options>({
  name: 'embed_edit',
  aliases: ['Edit embed'],
  preconditions: ['admin-only'],
})
export class EmbedEdit extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerContextMenuCommand((builder) =>
      builder
        .setName(translator(defaultLocale)('commands:embedEdit.name'))
        .setNameLocalizations(localized('commands:embedEdit.name'))
        .setType(ApplicationCommandType.Message)
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild),
    );
  }

  public override async contextMenuRun(interaction: ContextMenuCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild() || !interaction.isMessageContextMenuCommand())
      throw new UserError('common:guildOnly');
    await openEdit(interaction, { channelId: interaction.channelId, messageId: interaction.targetId });
  }
}
