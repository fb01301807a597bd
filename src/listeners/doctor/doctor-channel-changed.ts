import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { DMChannel, NonThreadGuildBasedChannel } from 'discord.js';

/** Permissions in a channel may have changed. */
@ApplyOptions<Listener.Options>({ event: Events.ChannelUpdate })
export class DoctorChannelChanged extends Listener {
  public override run(
    _before: DMChannel | NonThreadGuildBasedChannel,
    now: DMChannel | NonThreadGuildBasedChannel,
  ): void {
    if (!now.isDMBased()) this.container.doctorWatch.changed.add(now.guildId);
  }
}
