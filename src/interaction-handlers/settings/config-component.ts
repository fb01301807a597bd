import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { configIds } from '#lib/settings/custom-ids';
import type { ComponentInteraction } from '#lib/ui/answer';
import { useConfigComponent } from '#lib/settings/panel-actions';

/** Buttons and selects of `/config`. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class ConfigComponent extends InteractionHandler {
  public override parse(interaction: ComponentInteraction) {
    return interaction.customId.startsWith(configIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ComponentInteraction): Promise<void> {
    if (!interaction.inCachedGuild() || !isAdmin(actorOf(interaction)))
      throw new UserError('common:adminOnly');
    const id = configIds.parse(interaction.customId);
    if (id === 'outdated') throw new UserError('common:outdated', { command: '/config panel' });
    const { settings, clock, logChannel } = this.container;
    const t = translator(localeOf(interaction.locale));
    await useConfigComponent({ settings, clock, logChannel }, t, interaction, id);
  }
}
