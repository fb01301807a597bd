import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { setupIds } from '#lib/tickets/editor/custom-ids';
import { outdated } from '#lib/tickets/editor/ids';
import { submitSetup } from '#lib/tickets/editor/submit';

/** Modals with which admins set tickets up. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class TicketSetupModal extends InteractionHandler {
  public override parse(interaction: ModalSubmitInteraction) {
    return interaction.customId.startsWith(setupIds.prefix) ? this.some() : this.none();
  }

  public override async run(interaction: ModalSubmitInteraction): Promise<void> {
    if (!interaction.inCachedGuild() || !isAdmin(actorOf(interaction)))
      throw new UserError('common:adminOnly');
    const id = setupIds.parse(interaction.customId);
    if (id === 'outdated') throw outdated();
    const t = translator(localeOf(interaction.locale));
    await submitSetup(this.container.tickets, t, interaction, id);
  }
}
