import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { announceChange } from '#lib/settings/announce';
import { completeConfig } from '#lib/settings/autocomplete';
import { configCommand } from '#lib/settings/command-definition';
import { runConfig } from '#lib/settings/subcommands';
import { answer } from '#lib/ui/answer';

@ApplyOptions<Command.Options>({ name: 'config', preconditions: ['admin-only'] })
export class Config extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand(configCommand);
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeConfig(interaction, this.container.settings));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { settings, clock, logChannel } = this.container;
    const t = translator(localeOf(interaction.locale));
    const { reply, change } = await runConfig(settings, t, interaction, clock.now());
    // The log is told also when the answer does not get through: the setting has changed.
    await Promise.all([
      answer(interaction, reply),
      change === undefined ? null : announceChange(logChannel, interaction.guildId, change),
    ]);
  }
}
