import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { guildsPresent } from '#lib/privacy/leaving';

/** Keeps the data of a guild that took the bot back in time. */
@ApplyOptions<Listener.Options>({ event: Events.GuildCreate })
export class PrivacyGuildJoined extends Listener {
  public override async run({ id }: Guild): Promise<void> {
    const { db, clock } = this.container;
    await guildsPresent(db, [id], clock.now());
  }
}
