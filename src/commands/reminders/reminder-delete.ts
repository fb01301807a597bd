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
import { findDeletable } from '#lib/reminders/search';
import { choiceName, deletedLogEntry, deletedText } from '#lib/reminders/views';
import { answer, claim } from '#lib/ui/answer';
import { CHOICES_MAX } from '#lib/ui/limits';

@ApplyOptions<Command.Options>({ name: 'reminder_delete' })
export class ReminderDelete extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:reminderDelete.description')
        .setContexts(InteractionContextType.Guild)
        .addIntegerOption((option) =>
          describe(option.setName('reminder'), 'commands:reminderDelete.reminder')
            .setRequired(true)
            .setAutocomplete(true)
            .setMinValue(1)
            .setMaxValue(2_147_483_647),
        ),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const { db, settings } = this.container;
    if (interaction.guildId === null) return interaction.respond([]);
    const typed = interaction.options.getFocused();
    const reminders = await findDeletable(db, interaction.guildId, actorOf(interaction), typed, CHOICES_MAX);
    const zone = await settings.get(interaction.guildId, 'system.timezone');
    const locale = localeOf(interaction.locale);
    const t = translator(locale);
    await interaction.respond(
      reminders.map((reminder) => ({ name: choiceName(t, locale, reminder, zone), value: reminder.id })),
    );
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
