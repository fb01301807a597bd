import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { postMissingPanels, refreshPanels } from '#lib/onboarding/panel';

/** Posts the start button where onboarding was published and a rules channel chosen, in whichever order and by whatever way, and keeps its text true. */
@ApplyOptions<ScheduledTask.Options>({ interval: 5_000 })
export class OnboardingPanels extends ScheduledTask {
  public override async run(): Promise<void> {
    await postMissingPanels(this.container.onboarding);
    await refreshPanels(this.container.onboarding);
  }
}
