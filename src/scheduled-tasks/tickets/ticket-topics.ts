import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { proposeTopics } from '#lib/tickets/topics/propose';

/** Proposes for the FAQ what members ask again and again. */
@ApplyOptions<ScheduledTask.Options>({ interval: 10_000 })
export class TicketTopics extends ScheduledTask {
  public override async run(): Promise<void> {
    await proposeTopics(this.container.tickets);
  }
}
