import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { changeCount } from '#lib/invites/actions';

/** Lets a member's count of invites begin at 0 again. */
@ApplyOptions<Command.Options>({ name: 'resetinvites', preconditions: ['admin-only'] })
export class Resetinvites extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:resetinvites.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addUserOption((option) =>
          describe(option.setName('member'), 'commands:resetinvites.member').setRequired(true),
        ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options } = interaction;
    await changeCount(this.container.invites, interaction, {
      member: options.getUser('member', true),
      isMember: options.getMember('member') !== null,
      count: null,
    });
  }
}
