import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { actorOf } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { describe } from '#lib/i18n/localize-command';
import { pauseReminder } from '#lib/reminders/pause';
import { completeReminder, reminderOption } from '#lib/reminders/reminder-option';
import { pausedLogEntry, pausedText } from '#lib/reminders/views';
import { answer, claim } from '#lib/ui/answer';

@ApplyOptions<Command.Options>({ name: 'reminder_pause' })
export class ReminderPause extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:reminderPause.description')
        .setContexts(InteractionContextType.Guild)
        .addIntegerOption((option) => reminderOption(option, 'commands:reminderPause.reminder')),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeReminder(this.container, interaction, 'running'));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    const { db, clock, logChannel } = this.container;
    const { guildId } = interaction;
    if (guildId === null) throw new UserError('common:guildOnly');
    const id = interaction.options.getInteger('reminder', true);
    await claim(interaction);
    const reminder = await pauseReminder(db, guildId, id, actorOf(interaction), clock.now());
    const content = pausedText(translator(localeOf(interaction.locale)), reminder);
    await Promise.all([
      answer(interaction, { content }),
      reminder.recipientId === null &&
        logChannel.post(guildId, 'info', pausedLogEntry(reminder, interaction.user.id)),
    ]);
  }
}
