import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { completeTopic, LEARN_TOPIC_MAX, learnTopic } from '#lib/assistant/commands/learn-topic';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';

/** Answers from the sources of the server. */
@ApplyOptions<Command.Options>({ name: 'learn_topic' })
export class LearnTopic extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:learnTopic.description')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          describe(option.setName('topic'), 'commands:learnTopic.topic')
            .setRequired(true)
            .setAutocomplete(true)
            .setMaxLength(LEARN_TOPIC_MAX),
        ),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    if (interaction.inCachedGuild()) await completeTopic(this.container.assistantCommands, interaction);
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await learnTopic(
      this.container.assistantCommands,
      interaction,
      interaction.options.getString('topic', true),
    );
  }
}
