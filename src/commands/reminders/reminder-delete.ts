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
import { deleteReminder } from '#lib/reminders/delete';
import { completeReminder, reminderOption } from '#lib/reminders/reminder-option';
import { deletedLogEntry, deletedText } from '#lib/reminders/views';
import { answer, claim } from '#lib/ui/answer';

@ApplyOptions<Command.Options>({ name: 'reminder_delete' })
export class ReminderDelete extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:reminderDelete.description')
        .setContexts(InteractionContextType.Guild)
        .addIntegerOption((option) => reminderOption(option, 'commands:reminderDelete.reminder')),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeReminder(this.container, interaction));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    const { db, logChannel } = this.container;
    if (interaction.guildId === null) throw new UserError('common:guildOnly');
    const id = interaction.options.getInteger('reminder', true);
    await claim(interaction);
    const reminder = await deleteReminder(db, interaction.guildId, id, actorOf(interaction));
    const content = deletedText(translator(localeOf(interaction.locale)), reminder);
    await Promise.all([
      answer(interaction, { content }),
      reminder.recipientId === null &&
        logChannel.post(interaction.guildId, 'info', deletedLogEntry(reminder, interaction.user.id)),
    ]);
  }
}
