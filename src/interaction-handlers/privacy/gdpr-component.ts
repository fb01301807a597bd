import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { gdprIds } from '#lib/privacy/custom-ids';
import { useGdprButton } from '#lib/privacy/gdpr-actions';
import type { ComponentInteraction } from '#lib/ui/answer';

/** Buttons of `/gdpr`. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class GdprComponent extends InteractionHandler {
  public override parse(interaction: ComponentInteraction) {
    return interaction.customId.startsWith(gdprIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ComponentInteraction): Promise<void> {
    if (!interaction.inCachedGuild() || !isAdmin(actorOf(interaction)))
      throw new UserError('common:adminOnly');
    const id = gdprIds.parse(interaction.customId);
    if (id === 'outdated' || id.action === 'write')
      throw new UserError('common:outdated', { command: '/gdpr' });
    await useGdprButton(this.container.privacy, interaction, id);
  }
}
