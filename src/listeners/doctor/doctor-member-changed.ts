import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { GuildMember, PartialGuildMember } from 'discord.js';

/** The bot may have lost a role. */
@ApplyOptions<Listener.Options>({ event: Events.GuildMemberUpdate })
export class DoctorMemberChanged extends Listener {
  public override run(_before: GuildMember | PartialGuildMember, now: GuildMember): void {
    if (now.id === now.client.user.id) this.container.doctorWatch.changed.add(now.guild.id);
  }
}
