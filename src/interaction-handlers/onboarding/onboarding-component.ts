import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { UserError } from '#lib/errors/user-error';
import { OLD_START_ID, onboardingIds } from '#lib/onboarding/custom-ids';
import { start, useFlowComponent } from '#lib/onboarding/flow/actions';
import type { ComponentInteraction } from '#lib/ui/answer';

/** The start button and what members press on their way; the session that each carries is its member's alone. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class OnboardingComponent extends InteractionHandler {
  public override parse({ customId }: ComponentInteraction) {
    return customId === OLD_START_ID || customId.startsWith(onboardingIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ComponentInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { onboarding } = this.container;
    const { customId } = interaction;
    const id = customId === OLD_START_ID ? { action: 'start' as const } : onboardingIds.parse(customId);
    if (id === 'outdated' || id.action === 'fields') throw new UserError('onboarding:gone');
    if (id.action !== 'start') return useFlowComponent(onboarding, interaction, id);
    if (!interaction.isButton()) throw new UserError('onboarding:gone');
    return start(onboarding, interaction);
  }
}
