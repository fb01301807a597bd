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
import { resumeReminder } from '#lib/reminders/pause';
import { completeReminder, reminderOption } from '#lib/reminders/reminder-option';
import { resumedLogEntry, resumedText } from '#lib/reminders/views';
import { answer, claim } from '#lib/ui/answer';

@ApplyOptions<Command.Options>({ name: 'reminder_resume' })
export class ReminderResume extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:reminderResume.description')
        .setContexts(InteractionContextType.Guild)
        .addIntegerOption((option) => reminderOption(option, 'commands:reminderResume.reminder')),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeReminder(this.container, interaction, 'paused'));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    const { db, clock, logChannel } = this.container;
    const { guildId } = interaction;
    if (guildId === null) throw new UserError('common:guildOnly');
    const id = interaction.options.getInteger('reminder', true);
    await claim(interaction);
    const { reminder, nextDueAt } = await resumeReminder(db, guildId, id, actorOf(interaction), clock.now());
    const content = resumedText(translator(localeOf(interaction.locale)), reminder, nextDueAt);
    await Promise.all([
      answer(interaction, { content }),
      reminder.recipientId === null &&
        logChannel.post(guildId, 'info', resumedLogEntry(reminder, interaction.user.id)),
    ]);
  }
}
