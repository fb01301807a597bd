import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { tellOwedNotices } from '#lib/reminders/notices';

/** Tells of messages that were not sent what whoever gave them up could not tell at once. */
@ApplyOptions<ScheduledTask.Options>({ interval: 60_000 })
export class ReminderNotices extends ScheduledTask {
  public override async run(): Promise<void> {
    await tellOwedNotices(this.container.reminderNotices);
  }
}
