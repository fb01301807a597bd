import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { catchUp } from '#lib/announcements/watch';

/** Reads what was posted in a server while it was unavailable. */
@ApplyOptions<Listener.Options>({ event: Events.GuildAvailable })
export class AnnouncementsMissedThere extends Listener {
  public override async run({ id }: Guild): Promise<void> {
    await catchUp(this.container.announcements, id);
  }
}
