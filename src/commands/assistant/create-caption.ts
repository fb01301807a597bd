import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, type ChatInputCommandInteraction } from 'discord.js';
import { CAPTION_TOPIC_MAX, captionStyles, createCaption } from '#lib/assistant/commands/caption';
import { UserError } from '#lib/errors/user-error';
import { describe, localized } from '#lib/i18n/localize-command';

/** Writes captions for posts. */
@ApplyOptions<Command.Options>({ name: 'create_caption' })
export class CreateCaption extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:createCaption.description')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          describe(option.setName('topic'), 'commands:createCaption.topic')
            .setRequired(true)
            .setMaxLength(CAPTION_TOPIC_MAX),
        )
        .addStringOption((option) =>
          describe(option.setName('style'), 'commands:createCaption.style')
            .setRequired(true)
            .addChoices(
              ...captionStyles.map((style) => ({
                name: style,
                value: style,
                name_localizations: localized(`assistant-commands:caption.style.${style}`),
              })),
            ),
        ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options } = interaction;
    await createCaption(this.container.assistantCommands, interaction, {
      topic: options.getString('topic', true),
      style: options.getString('style', true),
    });
  }
}
