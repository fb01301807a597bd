import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { configIds } from '#lib/settings/custom-ids';
import { enterConfigValue } from '#lib/settings/panel-actions';

/** The modal of `/config panel` in which a value is typed. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class ConfigValue extends InteractionHandler {
  public override parse(interaction: ModalSubmitInteraction) {
    return interaction.customId.startsWith(configIds.prefix) ? this.some() : this.none();
  }

  public async run(interaction: ModalSubmitInteraction): Promise<void> {
    if (!interaction.inCachedGuild() || !isAdmin(actorOf(interaction)))
      throw new UserError('common:adminOnly');
    const id = configIds.parse(interaction.customId);
    if (id === 'outdated' || id.action !== 'enter')
      throw new UserError('common:outdated', { command: '/config panel' });
    const { settings, clock, logChannel } = this.container;
    const t = translator(localeOf(interaction.locale));
    await enterConfigValue({ settings, clock, logChannel }, t, interaction, id);
  }
}
