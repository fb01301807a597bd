import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { announceJoins } from '#lib/invites/announce';

/** Announces joins that were not announced at once, and asks again for the invites of guilds that could not be asked. */
@ApplyOptions<ScheduledTask.Options>({ interval: 5_000 })
export class InviteDuties extends ScheduledTask {
  public override async run(): Promise<void> {
    const { invites, client } = this.container;
    await announceJoins(invites);
    await invites.watch.refreshLost(client.guilds.cache);
  }
}
