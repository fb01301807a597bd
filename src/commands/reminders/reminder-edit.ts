import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { openEdit } from '#lib/reminders/edit-actions';
import { completeReminder, reminderOption } from '#lib/reminders/reminder-option';

@ApplyOptions<Command.Options>({ name: 'reminder_edit' })
export class ReminderEdit extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:reminderEdit.description')
        .setContexts(InteractionContextType.Guild)
        .addIntegerOption((option) => reminderOption(option, 'commands:reminderEdit.reminder')),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeReminder(this.container, interaction));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { db, settings, clock, logChannel, config } = this.container;
    const { enableEveryoneMentions } = config;
    const deps = { db, settings, clock, logChannel, enableEveryoneMentions };
    await openEdit(deps, interaction, interaction.options.getInteger('reminder', true));
  }
}
