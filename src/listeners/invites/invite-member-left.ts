import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { GuildMember, PartialGuildMember } from 'discord.js';
import { memberLeft } from '#lib/invites/joins';

/** Takes whoever leaves off the count of who invited them. */
@ApplyOptions<Listener.Options>({ event: Events.GuildMemberRemove })
export class InviteMemberLeft extends Listener {
  public override async run(member: GuildMember | PartialGuildMember): Promise<void> {
    await memberLeft(this.container.invites, member);
  }
}
