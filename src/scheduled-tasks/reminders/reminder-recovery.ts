import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { recoverMended } from '#lib/reminders/recovery';
import { obstacleTo } from '#lib/reminders/destination';
import { maxLatenessMs } from '#lib/reminders/lateness';

/** Lets go out what was set aside, once its channel is usable again. */
@ApplyOptions<ScheduledTask.Options>({ interval: 60_000 })
export class ReminderRecovery extends ScheduledTask {
  public override async run(): Promise<void> {
    const { client, db, clock, log, settings } = this.container;
    const recovered = await recoverMended(
      {
        db,
        obstacleTo: (reminder) => obstacleTo(client, reminder),
        maxLatenessMs: (guildId) => maxLatenessMs(settings, guildId),
      },
      clock.now(),
    );
    if (recovered > 0) log.info({ recovered }, 'reminders: what was set aside goes out');
  }
}
