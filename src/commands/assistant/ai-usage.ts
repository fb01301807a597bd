import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { showUsage } from '#lib/assistant/usage';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';

@ApplyOptions<Command.Options>({ name: 'ai_usage', preconditions: ['admin-only'] })
export class AiUsage extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:aiUsage.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await showUsage(this.container.assistant, interaction);
  }
}
