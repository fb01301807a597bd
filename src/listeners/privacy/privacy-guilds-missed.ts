import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import { compareGuilds } from '#lib/privacy/leaving';

/** Notices which guilds removed the bot while it was away: at its start, and when a new session began because the old one was lost. */
@ApplyOptions<Listener.Options>({ event: Events.ShardReady })
export class PrivacyGuildsMissed extends Listener {
  public override async run(): Promise<void> {
    const { client, db, clock } = this.container;
    await compareGuilds(db, [...client.guilds.cache.keys()], clock.now());
  }
}
