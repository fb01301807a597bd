import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { postMissingPanels } from '#lib/onboarding/panel';

/** Posts the start button where onboarding was published and a rules channel chosen, in whichever order and by whatever way. */
@ApplyOptions<ScheduledTask.Options>({ interval: 5_000 })
export class OnboardingPanels extends ScheduledTask {
  public override async run(): Promise<void> {
    await postMissingPanels(this.container.onboarding);
  }
}
