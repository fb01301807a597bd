import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { gdprIds } from '#lib/privacy/custom-ids';
import { submitDocument } from '#lib/privacy/gdpr-actions';

/** The modal of `/gdpr` in which a text is written. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class GdprText extends InteractionHandler {
  public override parse(interaction: ModalSubmitInteraction) {
    return interaction.customId.startsWith(gdprIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ModalSubmitInteraction): Promise<void> {
    if (!interaction.inCachedGuild() || !isAdmin(actorOf(interaction)))
      throw new UserError('common:adminOnly');
    const id = gdprIds.parse(interaction.customId);
    if (id === 'outdated' || id.action !== 'write')
      throw new UserError('common:outdated', { command: '/gdpr' });
    await submitDocument(this.container.privacy, interaction, id);
  }
}
