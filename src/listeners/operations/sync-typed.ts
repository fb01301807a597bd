import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Message } from 'discord.js';
import { watchForSync } from '#lib/operations/typed-sync';

/** `!sync` of the bot's owner. */
@ApplyOptions<Listener.Options>({ event: Events.MessageCreate })
export class SyncTyped extends Listener {
  public override async run(message: Message): Promise<void> {
    await watchForSync(this.container.operations, message);
  }
}
