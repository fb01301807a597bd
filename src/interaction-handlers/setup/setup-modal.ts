import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { enterWizardValue } from '#lib/setup/actions';
import { wizardIds } from '#lib/setup/custom-ids';

/** The modal of `/setup` in which a value is typed. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class SetupModal extends InteractionHandler {
  public override parse({ customId }: ModalSubmitInteraction) {
    return customId.startsWith(wizardIds.prefix) ? this.some(wizardIds.parse(customId)) : this.none();
  }

  public async run(
    interaction: ModalSubmitInteraction,
    id: InteractionHandler.ParseResult<this>,
  ): Promise<void> {
    if (!interaction.inCachedGuild() || !isAdmin(actorOf(interaction)))
      throw new UserError('common:adminOnly');
    if (id === 'outdated') throw new UserError('common:outdated', { command: '/setup' });
    await enterWizardValue(this.container.wizard, interaction, id);
  }
}
