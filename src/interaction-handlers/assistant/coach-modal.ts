import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ModalSubmitInteraction } from 'discord.js';
import { coachIds } from '#lib/assistant/commands/custom-ids';
import { submitCheckIn } from '#lib/assistant/commands/growth-check-in';
import { submitLeaderQuestion } from '#lib/assistant/commands/leader-help';
import { UserError } from '#lib/errors/user-error';

/** The windows in which members write to the coach. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.ModalSubmit })
export class CoachModal extends InteractionHandler {
  public override parse({ customId }: ModalSubmitInteraction) {
    return customId.startsWith(coachIds.prefix) ? this.some(coachIds.parse(customId)) : this.none();
  }

  public async run(
    interaction: ModalSubmitInteraction,
    id: InteractionHandler.ParseResult<this>,
  ): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { assistantCommands } = this.container;
    if (id !== 'outdated' && id.action === 'checkIn') await submitCheckIn(assistantCommands, interaction);
    else if (id !== 'outdated' && id.action === 'ask')
      await submitLeaderQuestion(assistantCommands, interaction);
    else throw new UserError('common:outdated', { command: '/leaderhelp' });
  }
}
