import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { turnBarred } from '#lib/tickets/blacklist-actions';
import { useSetupComponent } from '#lib/tickets/editor/actions';
import { setupIds } from '#lib/tickets/editor/custom-ids';
import { outdated, requireId } from '#lib/tickets/editor/ids';
import type { ComponentInteraction } from '#lib/ui/answer';

/** Buttons and selects with which admins set tickets up. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class TicketSetupComponent extends InteractionHandler {
  public override parse(interaction: ComponentInteraction) {
    return interaction.customId.startsWith(setupIds.prefix) ? this.some() : this.none();
  }

  public override async run(interaction: ComponentInteraction): Promise<void> {
    if (!interaction.inCachedGuild() || !isAdmin(actorOf(interaction)))
      throw new UserError('common:adminOnly');
    const id = setupIds.parse(interaction.customId);
    if (id === 'outdated') throw outdated();
    const { tickets } = this.container;
    if (id.action === 'barred') return turnBarred(tickets, interaction, requireId(id.page));
    const t = translator(localeOf(interaction.locale));
    await useSetupComponent(tickets, t, interaction, id);
  }
}
