import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { UserError } from '#lib/errors/user-error';
import { openAnswer, restoreAction } from '#lib/faq/admin-actions';
import { faqIds } from '#lib/faq/custom-ids';
import { entryId } from '#lib/faq/find';
import { listAction, viewAction } from '#lib/faq/read-actions';
import { openAnyway, solvedWithout } from '#lib/tickets/offer';
import type { ComponentInteraction } from '#lib/ui/answer';

/** What people press about the FAQ, in lists, before a ticket and below the weekly note. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class FaqComponent extends InteractionHandler {
  public override parse({ customId }: ComponentInteraction) {
    return customId.startsWith(faqIds.prefix) ? this.some(faqIds.parse(customId)) : this.none();
  }

  public async run(
    interaction: ComponentInteraction,
    id: InteractionHandler.ParseResult<this>,
  ): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { faq, tickets } = this.container;
    if (id !== 'outdated' && interaction.isStringSelectMenu()) {
      if (id.action === 'read') return viewAction(faq, interaction, entryId(interaction.values[0] ?? ''));
      if (id.action === 'write') return openAnswer(faq, interaction);
    }
    if (id !== 'outdated' && interaction.isButton())
      switch (id.action) {
        case 'list':
          return listAction(faq, interaction, Number(id.page));
        case 'show':
          return viewAction(faq, interaction, entryId(id.entry));
        case 'restore':
          return restoreAction(faq, interaction, entryId(id.entry));
        case 'solved':
          return solvedWithout(tickets, interaction, id.offer);
        case 'open':
          return openAnyway(tickets, interaction, id.offer);
        default:
      }
    throw new UserError('common:outdated', { command: '/faq' });
  }
}
