import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { GuildMember } from 'discord.js';
import { memberReturned } from '#lib/privacy/leaving';

/** Keeps what a guild holds of a member who came back in time. */
@ApplyOptions<Listener.Options>({ event: Events.GuildMemberAdd })
export class PrivacyMemberReturned extends Listener {
  public override async run({ guild, id }: GuildMember): Promise<void> {
    await memberReturned(this.container.db, guild.id, id);
  }
}
