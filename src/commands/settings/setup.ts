import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { openWizard } from '#lib/setup/actions';

/** The wizard with which a server is set up. */
@ApplyOptions<Command.Options>({ name: 'setup', preconditions: ['admin-only'] })
export class Setup extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'setup:description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await openWizard(this.container.wizard, interaction);
  }
}
