import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { guildsRemoved } from '#lib/privacy/leaving';

/** Begins the days after which all of a guild that removed the bot is erased. An outage of Discord's is another event. */
@ApplyOptions<Listener.Options>({ event: Events.GuildDelete })
export class PrivacyGuildRemoved extends Listener {
  public override async run({ id }: Guild): Promise<void> {
    const { db, clock } = this.container;
    await guildsRemoved(db, [id], clock.now());
  }
}
