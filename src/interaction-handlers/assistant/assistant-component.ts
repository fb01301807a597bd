import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { assistantIds } from '#lib/assistant/custom-ids';
import { useAssistantButton } from '#lib/assistant/questions';
import { UserError } from '#lib/errors/user-error';

/** Buttons of the assistant: may it be sent, and an answer that waits. Each acts for whoever presses it. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.Button })
export class AssistantComponent extends InteractionHandler {
  public override parse({ customId }: ButtonInteraction) {
    return customId.startsWith(assistantIds.prefix) ? this.some(assistantIds.parse(customId)) : this.none();
  }

  public async run(interaction: ButtonInteraction, id: InteractionHandler.ParseResult<this>): Promise<void> {
    if (id === 'outdated') throw new UserError('assistant:consent.gone');
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await useAssistantButton(this.container.assistant, interaction, id);
  }
}
