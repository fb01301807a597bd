import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { WRITABLE_TYPES } from '#lib/messages/place';
import { sendText } from '#lib/messages/send';

@ApplyOptions<Command.Options>({ name: 'sendto', preconditions: ['admin-only'] })
export class Sendto extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:sendto.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addChannelOption((option) =>
          describe(option.setName('channel'), 'commands:sendto.channel')
            .addChannelTypes(...WRITABLE_TYPES)
            .setRequired(true),
        )
        .addStringOption((option) =>
          describe(option.setName('message'), 'commands:sendto.message').setRequired(true),
        ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await sendText(this.container, interaction);
  }
}
