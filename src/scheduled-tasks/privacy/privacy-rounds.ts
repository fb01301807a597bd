import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { goRound } from '#lib/privacy/rounds';

/** Notices in the course of a week who left while nothing told the bot of it. */
@ApplyOptions<ScheduledTask.Options>({ interval: 60_000 })
export class PrivacyRounds extends ScheduledTask {
  public override async run(): Promise<void> {
    const { privacy, pace } = this.container;
    await goRound({ ...privacy, turn: () => pace.take() });
  }
}
