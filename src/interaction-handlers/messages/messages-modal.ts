import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { messagesIds } from '#lib/messages/custom-ids';
import { submitEmbed } from '#lib/messages/embed-actions';

/** An embed that an admin wrote. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class MessagesModal extends InteractionHandler {
  public override parse({ customId }: ModalSubmitInteraction) {
    return customId.startsWith(messagesIds.prefix) ? this.some(messagesIds.parse(customId)) : this.none();
  }

  public async run(
    interaction: ModalSubmitInteraction,
    id: InteractionHandler.ParseResult<this>,
  ): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    if (id === 'outdated' || (id.action !== 'embed' && id.action !== 'edit'))
      throw new UserError('common:outdated', { command: '/embed' });
    await submitEmbed(this.container, interaction, id);
  }
}
