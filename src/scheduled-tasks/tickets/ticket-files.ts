import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { storeDueFiles } from '#lib/tickets/files/sweep';

/** Fetches what was attached in tickets. */
@ApplyOptions<ScheduledTask.Options>({ interval: 5_000 })
export class TicketFiles extends ScheduledTask {
  public override async run(): Promise<void> {
    await storeDueFiles(this.container.tickets);
  }
}
