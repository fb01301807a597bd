import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { useWizard } from '#lib/setup/actions';
import { wizardIds } from '#lib/setup/custom-ids';
import type { ComponentInteraction } from '#lib/ui/answer';

/** Buttons and selects of `/setup`, and the button in other messages that opens it. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class SetupComponent extends InteractionHandler {
  public override parse({ customId }: ComponentInteraction) {
    return customId.startsWith(wizardIds.prefix) ? this.some(wizardIds.parse(customId)) : this.none();
  }

  public async run(
    interaction: ComponentInteraction,
    id: InteractionHandler.ParseResult<this>,
  ): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    if (!isAdmin(actorOf(interaction))) throw new UserError('common:adminOnly');
    if (id === 'outdated') throw new UserError('common:outdated', { command: '/setup' });
    await useWizard(this.container.wizard, interaction, id);
  }
}
