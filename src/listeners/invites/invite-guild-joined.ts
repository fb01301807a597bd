import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';

/** Learns the invites of a guild that the bot just joined. */
@ApplyOptions<Listener.Options>({ event: Events.GuildCreate })
export class InviteGuildJoined extends Listener {
  public override async run(guild: Guild): Promise<void> {
    await this.container.invites.watch.refresh(guild);
  }
}
