import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { removeUnusedFiles } from '#lib/tickets/files/unused';

/** Removes files of tickets that are gone. */
@ApplyOptions<ScheduledTask.Options>({ interval: 5 * 60_000 })
export class TicketFilesUnused extends ScheduledTask {
  public override async run(): Promise<void> {
    await removeUnusedFiles(this.container.tickets);
  }
}
