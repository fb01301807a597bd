import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { runErasures } from '#lib/privacy/tell';

/** Erases what is due. */
@ApplyOptions<ScheduledTask.Options>({ interval: 60_000 })
export class PrivacyErasure extends ScheduledTask {
  public override async run(): Promise<void> {
    await runErasures(this.container.privacy);
  }
}
