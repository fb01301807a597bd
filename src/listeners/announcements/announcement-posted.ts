import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Message } from 'discord.js';
import { watchMessage } from '#lib/announcements/watch';

/** Makes reminders of what is posted in the announcements channel. */
@ApplyOptions<Listener.Options>({ event: Events.MessageCreate })
export class AnnouncementPosted extends Listener {
  public override async run(message: Message): Promise<void> {
    await watchMessage(this.container.announcements, message);
  }
}
