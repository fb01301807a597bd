import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { deliverDue } from '#lib/reminders/deliver';
import { sendOccurrence } from '#lib/reminders/send';

/** Sends what is due. The interval is the most that a reminder is late by when nothing is wrong. */
@ApplyOptions<ScheduledTask.Options>({ interval: 1_000 })
export class ReminderDelivery extends ScheduledTask {
  public override async run(): Promise<void> {
    const { client, db, settings, clock, log, logChannel, config } = this.container;
    const { enableEveryoneMentions } = config;
    await deliverDue({
      db,
      clock,
      log,
      logChannel,
      send: (occurrence) => sendOccurrence({ client, settings, clock, enableEveryoneMentions }, occurrence),
    });
  }
}
