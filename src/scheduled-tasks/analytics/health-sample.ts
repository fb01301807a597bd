import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { keepSample } from '#lib/analytics/health';

/** Keeps how the bot is, for the history of its health. */
@ApplyOptions<ScheduledTask.Options>({ interval: 5 * 60_000 })
export class HealthSample extends ScheduledTask {
  public override async run(): Promise<void> {
    await keepSample(this.container.analytics);
  }
}
