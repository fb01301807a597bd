import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { performDuties } from '#lib/onboarding/perform';

/** Gives roles and posts what was not done at once: Discord refused, somebody must mend something first, or the process died. */
@ApplyOptions<ScheduledTask.Options>({ interval: 5_000 })
export class OnboardingDuties extends ScheduledTask {
  public override async run(): Promise<void> {
    await performDuties(this.container.onboarding);
  }
}
