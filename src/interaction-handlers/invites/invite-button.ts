import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { useBoard } from '#lib/invites/actions';
import { inviteIds } from '#lib/invites/custom-ids';

/** Buttons of the leaderboard. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.Button })
export class InviteButton extends InteractionHandler {
  public override parse({ customId }: ButtonInteraction) {
    return customId.startsWith(inviteIds.prefix) ? this.some(inviteIds.parse(customId)) : this.none();
  }

  public async run(interaction: ButtonInteraction, id: InteractionHandler.ParseResult<this>): Promise<void> {
    if (id === 'outdated') throw new UserError('common:outdated', { command: '/inviteleaderboard' });
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await useBoard(this.container.invites, interaction, id);
  }
}
