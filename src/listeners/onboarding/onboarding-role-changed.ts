import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import type { Role } from 'discord.js';
import { retryRoles } from '#lib/onboarding/retry';

/** Roles were moved or their permissions changed: what the bot could not give it may be able to give now. */
@ApplyOptions<Listener.Options>({ event: Events.GuildRoleUpdate })
export class OnboardingRoleChanged extends Listener {
  public override async run(_before: Role, now: Role): Promise<void> {
    await retryRoles(this.container.onboarding, now.guild.id);
  }
}
