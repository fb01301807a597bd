import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { GuildTextBasedChannel, Message, PartialMessage, ReadonlyCollection } from 'discord.js';
import { watchDeleted } from '#lib/announcements/watch';

/** Cancels the reminders of posts that are deleted together. */
@ApplyOptions<Listener.Options>({ event: Events.MessageBulkDelete })
export class AnnouncementsDeleted extends Listener {
  public override async run(
    messages: ReadonlyCollection<string, Message | PartialMessage>,
    { guildId, id: channelId }: GuildTextBasedChannel,
  ): Promise<void> {
    for (const messageId of messages.keys())
      await watchDeleted(this.container.announcements, { guildId, channelId, messageId });
  }
}
