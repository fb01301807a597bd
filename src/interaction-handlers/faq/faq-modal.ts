import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { submitEntry } from '#lib/faq/admin-actions';
import { faqIds } from '#lib/faq/custom-ids';

/** An entry that an admin wrote. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class FaqModal extends InteractionHandler {
  public override parse({ customId }: ModalSubmitInteraction) {
    return customId.startsWith(faqIds.prefix) ? this.some(faqIds.parse(customId)) : this.none();
  }

  public async run(
    interaction: ModalSubmitInteraction,
    id: InteractionHandler.ParseResult<this>,
  ): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    if (id === 'outdated' || (id.action !== 'add' && id.action !== 'edit'))
      throw new UserError('common:outdated', { command: '/faq' });
    await submitEntry(this.container.faq, interaction, id.action === 'edit' ? id : null);
  }
}
