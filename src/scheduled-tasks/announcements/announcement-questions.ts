import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { askUnasked } from '#lib/announcements/tell';

/** Asks what a process that died was about to ask. */
@ApplyOptions<ScheduledTask.Options>({ interval: 60_000 })
export class AnnouncementQuestions extends ScheduledTask {
  public override async run(): Promise<void> {
    await askUnasked(this.container.announcements);
  }
}
