import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { refreshPanels } from '#lib/tickets/panels/panels';

/** Makes panels look like the categories of their guild, where these were changed. */
@ApplyOptions<ScheduledTask.Options>({ interval: 5_000 })
export class TicketPanels extends ScheduledTask {
  public override async run(): Promise<void> {
    await refreshPanels(this.container.tickets);
  }
}
