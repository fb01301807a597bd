import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { onboardingIds } from '#lib/onboarding/custom-ids';
import { submitFields } from '#lib/onboarding/flow/actions';

/** What members type on their way. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class OnboardingModal extends InteractionHandler {
  public override parse(interaction: ModalSubmitInteraction) {
    return interaction.customId.startsWith(onboardingIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ModalSubmitInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const id = onboardingIds.parse(interaction.customId);
    if (id === 'outdated' || id.action !== 'fields') throw new UserError('onboarding:gone');
    await submitFields(this.container.onboarding, interaction, id);
  }
}
