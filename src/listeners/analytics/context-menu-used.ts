import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { ContextMenuCommandInteraction } from 'discord.js';

/** A command of a context menu has ended; where it failed, that was noted just before. */
@ApplyOptions<Listener.Options>({ event: Events.ContextMenuCommandFinish })
export class ContextMenuUsed extends Listener {
  public override run(interaction: ContextMenuCommandInteraction): void {
    if (interaction.isMessageContextMenuCommand() || interaction.isUserContextMenuCommand())
      this.container.uses.ended(interaction, null);
  }
}
