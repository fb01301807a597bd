import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { useEditorComponent } from '#lib/onboarding/editor/actions';
import { editorIds } from '#lib/onboarding/editor/custom-ids';
import { outdated } from '#lib/onboarding/editor/ids';
import type { ComponentInteraction } from '#lib/ui/answer';

/** Buttons and selects of `/onboarding`. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class OnboardingEditorComponent extends InteractionHandler {
  public override parse(interaction: ComponentInteraction) {
    return interaction.customId.startsWith(editorIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ComponentInteraction): Promise<void> {
    if (!interaction.inCachedGuild() || !isAdmin(actorOf(interaction)))
      throw new UserError('common:adminOnly');
    const id = editorIds.parse(interaction.customId);
    if (id === 'outdated') throw outdated();
    const { onboarding } = this.container;
    const t = translator(localeOf(interaction.locale));
    await useEditorComponent(onboarding, t, interaction, id);
  }
}
