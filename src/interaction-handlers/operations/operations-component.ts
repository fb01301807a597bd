import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { showCommands, showRelease } from '#lib/operations/actions';
import { operationsIds } from '#lib/operations/custom-ids';

/** Pages of what is looked up about the bot itself. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.Button })
export class OperationsComponent extends InteractionHandler {
  public override parse({ customId }: ButtonInteraction) {
    return customId.startsWith(operationsIds.prefix) ? this.some(operationsIds.parse(customId)) : this.none();
  }

  public async run(interaction: ButtonInteraction, id: InteractionHandler.ParseResult<this>): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { tickets, clock } = this.container;
    if (id === 'outdated') throw new UserError('common:outdated', { command: '/commands' });
    const page = Number.parseInt(id.page, 10) || 0;
    if (id.action === 'commands') await showCommands(tickets, interaction, page);
    else await showRelease(interaction, page, clock.now());
  }
}
