import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { confirmClean, keepAll } from '#lib/messages/clean-actions';
import { messagesIds } from '#lib/messages/custom-ids';

/** The answer to the question of `/clean`. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.Button })
export class MessagesComponent extends InteractionHandler {
  public override parse({ customId }: ButtonInteraction) {
    return customId.startsWith(messagesIds.prefix) ? this.some(messagesIds.parse(customId)) : this.none();
  }

  public async run(interaction: ButtonInteraction, id: InteractionHandler.ParseResult<this>): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    if (id !== 'outdated' && id.action === 'clean') return confirmClean(this.container, interaction, id);
    if (id !== 'outdated' && id.action === 'keep') return keepAll(interaction);
    throw new UserError('common:outdated', { command: '/clean' });
  }
}
