import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Interaction } from 'discord.js';
import { deferWhenSlow } from '#lib/ui/answer';

/** Makes sure that Discord hears something in time, and that a stop waits for who asked just before; and notes when it began. */
@ApplyOptions<Listener.Options>({ event: Events.InteractionCreate })
export class InteractionArrived extends Listener {
  public override run(interaction: Interaction): void {
    const { openInteractions, uses, log } = this.container;
    uses.arrived(interaction);
    openInteractions.add(interaction);
    if (interaction.isAutocomplete()) return;
    deferWhenSlow(interaction, (error) => log.warn({ err: error }, 'an interaction could not be deferred'));
  }
}
