import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { reminderIds } from '#lib/reminders/custom-ids';
import { useFailedButton } from '#lib/reminders/failed-actions';
import type { ComponentInteraction } from '#lib/ui/answer';

/** Buttons of reminders. Who may press which is decided by whose reminder it is. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class ReminderComponent extends InteractionHandler {
  public override parse(interaction: ComponentInteraction) {
    return interaction.customId.startsWith(reminderIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ComponentInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const id = reminderIds.parse(interaction.customId);
    if (id === 'outdated') throw new UserError('common:outdated', { command: '/reminder_failed' });
    const { client, db, settings, clock, logChannel } = this.container;
    const t = translator(localeOf(interaction.locale));
    await useFailedButton({ client, db, settings, clock, logChannel }, t, interaction, id);
  }
}
