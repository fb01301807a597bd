import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, type ChatInputCommandInteraction } from 'discord.js';
import { actorOf } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { localeOf, translator } from '#lib/i18n/translate';
import { showFailed } from '#lib/reminders/failed-actions';
import { answer } from '#lib/ui/answer';

@ApplyOptions<Command.Options>({ name: 'reminder_failed' })
export class ReminderFailed extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:reminderFailed.description').setContexts(
        InteractionContextType.Guild,
      ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (interaction.guildId === null) throw new UserError('common:guildOnly');
    const t = translator(localeOf(interaction.locale));
    const { db } = this.container;
    await answer(interaction, await showFailed(db, t, interaction.guildId, actorOf(interaction)));
  }
}
