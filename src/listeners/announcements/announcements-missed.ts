import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import { catchUp } from '#lib/announcements/watch';

/** Reads what was posted while the bot was away: at its start, and when a new session began because the old one was lost. */
@ApplyOptions<Listener.Options>({ event: Events.ShardReady })
export class AnnouncementsMissed extends Listener {
  public override async run(): Promise<void> {
    const { client, announcements } = this.container;
    for (const guildId of client.guilds.cache.keys()) await catchUp(announcements, guildId);
  }
}
