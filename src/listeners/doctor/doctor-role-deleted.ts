import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Role } from 'discord.js';

/** A setting may name the role. */
@ApplyOptions<Listener.Options>({ event: Events.GuildRoleDelete })
export class DoctorRoleDeleted extends Listener {
  public override run({ guild }: Role): void {
    this.container.doctorWatch.changed.add(guild.id);
  }
}
