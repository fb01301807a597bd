import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, type ChatInputCommandInteraction } from 'discord.js';
import { openCheckIn } from '#lib/assistant/commands/growth-check-in';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';

/** A member thinks about a goal. */
@ApplyOptions<Command.Options>({ name: 'growthcheckin' })
export class Growthcheckin extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:growthcheckin.description').setContexts(
        InteractionContextType.Guild,
      ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await openCheckIn(this.container.assistantCommands, interaction);
  }
}
