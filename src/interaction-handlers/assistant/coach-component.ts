import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ComponentInteraction } from '#lib/ui/answer';
import { coachIds } from '#lib/assistant/commands/custom-ids';
import { helpWithChallenge, openLeaderQuestion } from '#lib/assistant/commands/leader-help';
import { UserError } from '#lib/errors/user-error';

/** The menu and the button of `/leaderhelp`. */
@ApplyOptions<InteractionHandler.Options>({
  interactionHandlerType: InteractionHandlerTypes.MessageComponent,
})
export class CoachComponent extends InteractionHandler {
  public override parse({ customId }: ComponentInteraction) {
    return customId.startsWith(coachIds.prefix) ? this.some(coachIds.parse(customId)) : this.none();
  }

  public async run(
    interaction: ComponentInteraction,
    id: InteractionHandler.ParseResult<this>,
  ): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { assistantCommands } = this.container;
    if (id !== 'outdated' && id.action === 'challenge' && interaction.isStringSelectMenu())
      await helpWithChallenge(assistantCommands, interaction);
    else if (id !== 'outdated' && id.action === 'own' && interaction.isButton())
      await openLeaderQuestion(assistantCommands, interaction);
    else throw new UserError('common:outdated', { command: '/leaderhelp' });
  }
}
