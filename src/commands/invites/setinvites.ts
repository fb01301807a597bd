import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { changeCount } from '#lib/invites/actions';
import { COUNT_MAX } from '#lib/invites/adjust';

/** Makes a member's count of invites what an admin says. */
@ApplyOptions<Command.Options>({ name: 'setinvites', preconditions: ['admin-only'] })
export class Setinvites extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:setinvites.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addUserOption((option) =>
          describe(option.setName('member'), 'commands:setinvites.member').setRequired(true),
        )
        .addIntegerOption((option) =>
          describe(option.setName('count'), 'commands:setinvites.count')
            .setRequired(true)
            .setMinValue(0)
            .setMaxValue(COUNT_MAX),
        ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options } = interaction;
    await changeCount(this.container.invites, interaction, {
      member: options.getUser('member', true),
      isMember: options.getMember('member') !== null,
      count: options.getInteger('count', true),
    });
  }
}
