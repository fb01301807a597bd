import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';

/** Forgets the invites of a guild that the bot is no longer in. */
@ApplyOptions<Listener.Options>({ event: Events.GuildDelete })
export class InviteGuildRemoved extends Listener {
  public override run({ id }: Guild): void {
    this.container.invites.watch.forget(id);
  }
}
