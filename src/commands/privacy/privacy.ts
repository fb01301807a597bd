import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, type ChatInputCommandInteraction } from 'discord.js';
import { describe } from '#lib/i18n/localize-command';
import { showPrivacy } from '#lib/privacy/actions';

@ApplyOptions<Command.Options>({ name: 'privacy' })
export class Privacy extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:privacy.description')
        // Whoever left a server has rights too.
        .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    await showPrivacy(this.container.privacy, interaction);
  }
}
