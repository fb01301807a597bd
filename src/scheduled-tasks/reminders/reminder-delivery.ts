import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';

/** Sends what is due. The interval is the most that a reminder is late by when nothing is wrong. */
@ApplyOptions<ScheduledTask.Options>({ interval: 1_000 })
export class ReminderDelivery extends ScheduledTask {
  public override async run(): Promise<void> {
    await this.container.delivery.sweep();
  }
}
