import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { reminderIds } from '#lib/reminders/custom-ids';
import { pressDone } from '#lib/reminders/done-actions';
import { useFailedButton } from '#lib/reminders/failed-actions';
import { useListComponent } from '#lib/reminders/list-actions';
import { askOtherTime, askSnooze, pickSnooze, switchSnooze } from '#lib/reminders/snooze-actions';
import type { ComponentInteraction } from '#lib/ui/answer';

/** Buttons and selects of reminders, in direct messages too. Who may press which is decided by whose reminder it is. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class ReminderComponent extends InteractionHandler {
  public override parse(interaction: ComponentInteraction) {
    return interaction.customId.startsWith(reminderIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ComponentInteraction): Promise<void> {
    const id = reminderIds.parse(interaction.customId);
    if (id === 'outdated') throw new UserError('common:outdated', { command: '/reminder_list' });
    const { client, db, settings, clock, logChannel } = this.container;
    const deps = { client, db, settings, clock, logChannel };
    const locale = localeOf(interaction.locale);
    const t = translator(locale);
    switch (id.action) {
      case 'snooze':
        return askSnooze(deps, t, interaction, id);
      case 'snoozeFor':
        return switchSnooze(deps, t, interaction, id);
      case 'snoozeAt':
        return pickSnooze(deps, t, interaction, id);
      case 'snoozeOther':
        return askOtherTime(t, interaction, id);
      case 'snoozeEnter':
      case 'edit':
      case 'about':
        throw new TypeError('a modal is no component');
      case 'done':
        return pressDone(deps, interaction, id);
    }
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    if (id.action === 'list' || id.action === 'filter')
      return useListComponent(deps, locale, interaction, id);
    return useFailedButton(deps, t, interaction, id);
  }
}
