import { ApplyOptions } from '@sapphire/decorators';
import { InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { doctorIds } from '#lib/doctor/custom-ids';
import { turnPage } from '#lib/doctor/report';
import { UserError } from '#lib/errors/user-error';

/** Buttons of the doctor's report. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.Button })
export class DoctorComponent extends InteractionHandler {
  public override parse({ customId }: ButtonInteraction) {
    return customId.startsWith(doctorIds.prefix) ? this.some(doctorIds.parse(customId)) : this.none();
  }

  public async run(interaction: ButtonInteraction, id: InteractionHandler.ParseResult<this>): Promise<void> {
    const page = id === 'outdated' ? Number.NaN : Number(id.page);
    if (!Number.isSafeInteger(page)) throw new UserError('common:outdated', { command: '/doctor' });
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    if (!isAdmin(actorOf(interaction))) throw new UserError('common:adminOnly');
    await turnPage(this.container.doctor, interaction, page);
  }
}
