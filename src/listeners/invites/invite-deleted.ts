import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Invite } from 'discord.js';

/** Notices that an invite is gone: used up, or taken back. */
@ApplyOptions<Listener.Options>({ event: Events.InviteDelete })
export class InviteDeleted extends Listener {
  public override run({ guild, code }: Invite): void {
    if (guild !== null) this.container.invites.watch.deleted(guild.id, code);
  }
}
