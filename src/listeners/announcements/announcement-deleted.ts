import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Message, PartialMessage } from 'discord.js';
import { watchDeleted } from '#lib/announcements/watch';

/** Cancels the reminder of a post that is deleted. */
@ApplyOptions<Listener.Options>({ event: Events.MessageDelete })
export class AnnouncementDeleted extends Listener {
  public override async run({ guildId, channelId, id }: Message | PartialMessage): Promise<void> {
    await watchDeleted(this.container.announcements, { guildId, channelId, messageId: id });
  }
}
