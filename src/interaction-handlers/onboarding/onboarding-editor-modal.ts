import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { editorIds } from '#lib/onboarding/editor/custom-ids';
import { outdated } from '#lib/onboarding/editor/ids';
import { submitEditor } from '#lib/onboarding/editor/submit';

/** The modals of `/onboarding`. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class OnboardingEditorModal extends InteractionHandler {
  public override parse(interaction: ModalSubmitInteraction) {
    return interaction.customId.startsWith(editorIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ModalSubmitInteraction): Promise<void> {
    if (!interaction.inCachedGuild() || !isAdmin(actorOf(interaction)))
      throw new UserError('common:adminOnly');
    const id = editorIds.parse(interaction.customId);
    if (id === 'outdated') throw outdated();
    const { onboarding } = this.container;
    const t = translator(localeOf(interaction.locale));
    await submitEditor(onboarding, t, interaction, id);
  }
}
