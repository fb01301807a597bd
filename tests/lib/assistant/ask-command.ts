import { Command, container } from '@sapphire/framework';
import type { ChatInputCommandInteraction } from 'discord.js';
import { askInReply } from '#lib/assistant/questions';
import { localeOf } from '#lib/i18n/translate';

/** Stands for any command that asks the AI: `/ask` sends the words and has some of its own to show. */
class Ask extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      builder
        .setName('ask')
        .setDescription('Asks.')
        .addStringOption((option) => option.setName('words').setDescription('What.').setRequired(true)),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
    const words = interaction.options.getString('words', true);
    await askInReply(container.assistant, interaction, {
      profile: 'suggest-reply',
      guildId: interaction.guildId,
      userId: interaction.user.id,
      locale: localeOf(interaction.locale),
      quotes: [{ from: 'member', text: words }],
      plain: `What I know about it: ${words}`,
      sources: ['bicycles.md'],
    });
  }
}

/** Gives the bot that starts next the command. */
export function addAskCommand(): void {
  void container.stores.loadPiece({ store: 'commands', name: 'ask', piece: Ask });
}
