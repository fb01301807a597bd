import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';

/** Learns the invites of a guild anew, whose joins the bot may have missed: at its start, in a new session, after an outage of Discord's. */
@ApplyOptions<Listener.Options>({ event: Events.GuildAvailable })
export class InviteGuildAvailable extends Listener {
  public override async run(guild: Guild): Promise<void> {
    await this.container.invites.watch.refresh(guild);
  }
}
