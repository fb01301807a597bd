import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Message, PartialMessage } from 'discord.js';
import { watchMessage } from '#lib/announcements/watch';

/** Lets reminders follow the posts that they were made from. */
@ApplyOptions<Listener.Options>({ event: Events.MessageUpdate })
export class AnnouncementEdited extends Listener {
  public override async run(_old: Message | PartialMessage, message: Message): Promise<void> {
    await watchMessage(this.container.announcements, message);
  }
}
