import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Client } from 'discord.js';

/** What changed while the bot was away was told to nobody. */
@ApplyOptions<Listener.Options>({ event: Events.ClientReady })
export class DoctorGuildsReady extends Listener {
  public override run(client: Client): void {
    for (const id of client.guilds.cache.keys()) this.container.doctorWatch.changed.add(id);
  }
}
