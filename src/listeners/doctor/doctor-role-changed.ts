import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Role } from 'discord.js';

/** A role may have been moved, or lost a permission. */
@ApplyOptions<Listener.Options>({ event: Events.GuildRoleUpdate })
export class DoctorRoleChanged extends Listener {
  public override run(_before: Role, { guild }: Role): void {
    this.container.doctorWatch.changed.add(guild.id);
  }
}
