import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { GuildMember, PartialGuildMember } from 'discord.js';
import { retryRoles } from '#lib/onboarding/retry';

/** Gives a member their roles when they have come through the server's own screening, and everybody theirs when the bot's change. */
@ApplyOptions<Listener.Options>({ event: Events.GuildMemberUpdate })
export class OnboardingMemberChanged extends Listener {
  public override async run(_before: GuildMember | PartialGuildMember, now: GuildMember): Promise<void> {
    const { onboarding } = this.container;
    if (now.id === now.client.user.id) await retryRoles(onboarding, now.guild.id);
    else if (!now.pending) await retryRoles(onboarding, now.guild.id, now.id);
  }
}
