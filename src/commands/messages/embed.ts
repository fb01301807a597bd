import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { openEmbed } from '#lib/messages/embed-actions';
import { WRITABLE_TYPES } from '#lib/messages/place';
import { LINK_MAX } from '#lib/reminders/message-link';

@ApplyOptions<Command.Options>({ name: 'embed', preconditions: ['admin-only'] })
export class Embed extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:embed.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addChannelOption((option) =>
          describe(option.setName('channel'), 'commands:embed.channel').addChannelTypes(...WRITABLE_TYPES),
        )
        .addStringOption((option) =>
          describe(option.setName('edit'), 'commands:embed.edit').setMaxLength(LINK_MAX),
        ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await openEmbed(interaction);
  }
}
