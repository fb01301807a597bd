import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { useAnswer, useEdit, useUndo } from '#lib/announcements/actions';
import { announcementIds } from '#lib/announcements/custom-ids';
import { UserError } from '#lib/errors/user-error';

/** Buttons below what the bot says about announcements. Who may press which is decided by whose post it is. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.Button })
export class AnnouncementComponent extends InteractionHandler {
  public override parse(interaction: ButtonInteraction) {
    return interaction.customId.startsWith(announcementIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ButtonInteraction): Promise<void> {
    const id = announcementIds.parse(interaction.customId);
    if (id === 'outdated') throw new UserError('common:outdated', { command: '/reminder_list' });
    const { announcements } = this.container;
    if (id.action === 'undo') await useUndo(announcements, interaction, id);
    else if (id.action === 'edit') await useEdit(announcements, interaction, id);
    else await useAnswer(announcements, interaction, id);
  }
}
