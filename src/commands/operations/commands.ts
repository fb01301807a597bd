import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { showCommands } from '#lib/operations/actions';

/** `/help` is what people type who know no bot in particular. */
@ApplyOptions<Command.Options>({ name: 'commands', aliases: ['help'] })
export class Commands extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    for (const name of [this.name, ...this.aliases])
      registry.registerChatInputCommand((builder) =>
        describe(builder.setName(name), 'commands:commands.description').setContexts(
          InteractionContextType.Guild,
        ),
      );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await showCommands(this.container.tickets, interaction, 0);
  }
}
