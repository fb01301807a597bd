import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { GuildMember } from 'discord.js';
import { memberJoined } from '#lib/invites/joins';

/** Finds out by whose invite somebody came. */
@ApplyOptions<Listener.Options>({ event: Events.GuildMemberAdd })
export class InviteMemberJoined extends Listener {
  public override async run(member: GuildMember): Promise<void> {
    await memberJoined(this.container.invites, member);
  }
}
