import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { performSlowDuties } from '#lib/tickets/perform';

/** Reads the channels of closed tickets to their ends, sums them up and hands out transcripts, each of which takes its time. */
@ApplyOptions<ScheduledTask.Options>({ interval: 5_000 })
export class TicketSlowDuties extends ScheduledTask {
  public override async run(): Promise<void> {
    await performSlowDuties(this.container.tickets);
  }
}
