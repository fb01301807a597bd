import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Invite } from 'discord.js';
import { knownInvite } from '#lib/invites/fetch';

/** Knows an invite from its beginning. */
@ApplyOptions<Listener.Options>({ event: Events.InviteCreate })
export class InviteCreated extends Listener {
  public override run(invite: Invite): void {
    if (invite.guild !== null) this.container.invites.watch.created(invite.guild.id, knownInvite(invite));
  }
}
