import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { reminderIds } from '#lib/reminders/custom-ids';
import { submitAbout } from '#lib/reminders/about-actions';
import { submitEdit } from '#lib/reminders/edit-actions';
import { chooseSnooze } from '#lib/reminders/snooze-actions';
import { WHEN_INPUT } from '#lib/reminders/snooze-view';
import { readOnce } from '#lib/reminders/when';

/** Modals of reminders. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class ReminderModal extends InteractionHandler {
  public override parse(interaction: ModalSubmitInteraction) {
    return interaction.customId.startsWith(reminderIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ModalSubmitInteraction): Promise<void> {
    const id = reminderIds.parse(interaction.customId);
    const { db, settings, clock, logChannel, config } = this.container;
    const deps = { db, settings, clock, logChannel, enableEveryoneMentions: config.enableEveryoneMentions };
    const t = translator(localeOf(interaction.locale));
    if (id === 'outdated') throw new UserError('common:outdated', { command: '/reminder_list' });
    if (id.action === 'snoozeEnter') {
      const typed = interaction.fields.getTextInputValue(WHEN_INPUT);
      return chooseSnooze(deps, t, interaction, id, (zone, now) => readOnce(typed, zone, now));
    }
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    if (id.action === 'edit') return submitEdit(deps, interaction, id);
    if (id.action === 'about') return submitAbout(deps, interaction, id);
    throw new TypeError(`${id.action} is no modal`);
  }
}
