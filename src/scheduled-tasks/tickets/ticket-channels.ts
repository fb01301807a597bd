import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { settleDueTickets } from '#lib/tickets/perform';

/** Makes the channels of tickets look like their rows where that was not done at once: Discord refused, or the process died. */
@ApplyOptions<ScheduledTask.Options>({ interval: 5_000 })
export class TicketChannels extends ScheduledTask {
  public override async run(): Promise<void> {
    await settleDueTickets(this.container.tickets);
  }
}
