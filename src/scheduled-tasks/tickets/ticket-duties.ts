import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { performTicketDuties } from '#lib/tickets/perform';

/** Says, logs and hands out what was not at once. */
@ApplyOptions<ScheduledTask.Options>({ interval: 5_000 })
export class TicketDuties extends ScheduledTask {
  public override async run(): Promise<void> {
    await performTicketDuties(this.container.tickets);
  }
}
