import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { sweepIdleTickets } from '#lib/tickets/idle';

/** Asks after tickets in which nobody writes, and closes them. */
@ApplyOptions<ScheduledTask.Options>({ interval: 30_000 })
export class TicketIdle extends ScheduledTask {
  public override async run(): Promise<void> {
    await sweepIdleTickets(this.container.tickets);
  }
}
