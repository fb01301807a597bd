import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { refreshPosts } from '#lib/privacy/tell';

/** Lets posted privacy texts show what was published by a process that died over it, or where the bot could not write then. */
@ApplyOptions<ScheduledTask.Options>({ interval: 10 * 60_000 })
export class PrivacyPosts extends ScheduledTask {
  public override async run(): Promise<void> {
    await refreshPosts(this.container.privacy);
  }
}
