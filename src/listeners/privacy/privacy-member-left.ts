import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { GuildMember, PartialGuildMember } from 'discord.js';
import { memberLeft } from '#lib/privacy/leaving';

/** Begins the days after which what a guild holds of a member who left is erased. */
@ApplyOptions<Listener.Options>({ event: Events.GuildMemberRemove })
export class PrivacyMemberLeft extends Listener {
  public override async run({ guild, id, client }: GuildMember | PartialGuildMember): Promise<void> {
    // When it is the bot itself, the guild is what ends.
    if (id === client.user.id) return;
    const { db, clock } = this.container;
    await memberLeft(db, guild.id, id, clock.now());
  }
}
