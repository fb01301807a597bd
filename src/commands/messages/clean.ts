import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { askClean, CLEAN } from '#lib/messages/clean-actions';
import { CONTAINS_MAX } from '#lib/messages/clean-view';
import { LINK_MAX } from '#lib/reminders/message-link';

/** For whoever manages messages in the channel, admin or not. */
@ApplyOptions<Command.Options>({ name: 'clean' })
export class Clean extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:clean.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageMessages)
        .addIntegerOption((option) =>
          describe(option.setName('limit'), 'commands:clean.limit')
            .setMinValue(CLEAN.min)
            .setMaxValue(CLEAN.max),
        )
        .addUserOption((option) => describe(option.setName('member'), 'commands:clean.member'))
        .addBooleanOption((option) => describe(option.setName('bots'), 'commands:clean.bots'))
        .addStringOption((option) =>
          describe(option.setName('contains'), 'commands:clean.contains').setMaxLength(CONTAINS_MAX),
        )
        .addStringOption((option) =>
          describe(option.setName('before'), 'commands:clean.before').setMaxLength(LINK_MAX),
        )
        .addStringOption((option) =>
          describe(option.setName('after'), 'commands:clean.after').setMaxLength(LINK_MAX),
        )
        .addBooleanOption((option) => describe(option.setName('pinned'), 'commands:clean.pinned')),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await askClean(this.container, interaction);
  }
}
