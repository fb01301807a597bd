import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { ChatInputCommandInteraction } from 'discord.js';

/** A slash command has ended; where it failed, that was noted just before. */
@ApplyOptions<Listener.Options>({ event: Events.ChatInputCommandFinish })
export class ChatInputUsed extends Listener {
  public override run(interaction: ChatInputCommandInteraction): void {
    this.container.uses.ended(interaction, null);
  }
}
