import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { greetNewGuilds } from '#lib/guild-life/greet';
import { guildsPresent } from '#lib/privacy/leaving';

/** Greets a guild that took the bot in, and keeps the data of one that took it back in time. */
@ApplyOptions<Listener.Options>({ event: Events.GuildCreate })
export class GuildJoined extends Listener {
  public override async run({ id }: Guild): Promise<void> {
    const { client, db, clock, log } = this.container;
    await guildsPresent(db, [id], clock.now());
    await greetNewGuilds({ client, db, clock, log });
  }
}
