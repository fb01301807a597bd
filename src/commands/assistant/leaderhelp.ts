import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, type ChatInputCommandInteraction } from 'discord.js';
import { offerLeaderHelp } from '#lib/assistant/commands/leader-help';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';

/** Helps whoever leads others. */
@ApplyOptions<Command.Options>({ name: 'leaderhelp' })
export class Leaderhelp extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:leaderhelp.description').setContexts(
        InteractionContextType.Guild,
      ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await offerLeaderHelp(this.container.assistantCommands, interaction);
  }
}
