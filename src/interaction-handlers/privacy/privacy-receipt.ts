import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { readReceipt } from '#lib/privacy/actions';
import { privacyIds } from '#lib/privacy/custom-ids';

/** The modal in which the code of a receipt is typed. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class PrivacyReceipt extends InteractionHandler {
  public override parse(interaction: ModalSubmitInteraction) {
    return interaction.customId.startsWith(privacyIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ModalSubmitInteraction): Promise<void> {
    const id = privacyIds.parse(interaction.customId);
    if (id === 'outdated' || id.action !== 'readReceipt')
      throw new UserError('common:outdated', { command: '/privacy' });
    await readReceipt(this.container.privacy, interaction);
  }
}
