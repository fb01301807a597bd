import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { DMChannel, NonThreadGuildBasedChannel } from 'discord.js';

/** A setting may name the channel. */
@ApplyOptions<Listener.Options>({ event: Events.ChannelDelete })
export class DoctorChannelDeleted extends Listener {
  public override run(gone: DMChannel | NonThreadGuildBasedChannel): void {
    if (!gone.isDMBased()) this.container.doctorWatch.changed.add(gone.guildId);
  }
}
