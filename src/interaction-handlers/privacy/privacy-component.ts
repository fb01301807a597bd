import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { UserError } from '#lib/errors/user-error';
import { usePrivacyButton } from '#lib/privacy/actions';
import { pressAgree, pressWithdraw, showText } from '#lib/privacy/agree-actions';
import { OLD_AGREE_ID, privacyIds } from '#lib/privacy/custom-ids';
import type { ComponentInteraction } from '#lib/ui/answer';

/** Buttons of `/privacy` and of the privacy text, in direct messages too. Each acts for whoever presses it. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class PrivacyComponent extends InteractionHandler {
  public override parse({ customId }: ComponentInteraction) {
    return customId === OLD_AGREE_ID || customId.startsWith(privacyIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ComponentInteraction): Promise<void> {
    const { privacy } = this.container;
    const isOld = interaction.customId === OLD_AGREE_ID;
    const id = isOld ? null : privacyIds.parse(interaction.customId);
    if (id === 'outdated') throw new UserError('common:outdated', { command: '/privacy' });
    if (id !== null && id.action !== 'agree' && id.action !== 'withdraw' && id.action !== 'read')
      return usePrivacyButton(privacy, interaction, id);
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    if (id?.action === 'withdraw') return pressWithdraw(privacy, interaction);
    if (id?.action === 'read') return showText(privacy, interaction, id.locale);
    return pressAgree(privacy, interaction, id);
  }
}
