import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { postNotes } from '#lib/faq/note';

/** Tells admins once a week what members searched for in vain. */
@ApplyOptions<ScheduledTask.Options>({ interval: 60_000 })
export class FaqNotes extends ScheduledTask {
  public override async run(): Promise<void> {
    await postNotes(this.container.faq);
  }
}
