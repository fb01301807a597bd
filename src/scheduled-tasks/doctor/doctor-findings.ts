import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { watchFindings } from '#lib/doctor/watch';

/** Whoever rearranges roles and channels has usually put things right again within this time. */
@ApplyOptions<ScheduledTask.Options>({ interval: 20_000 })
export class DoctorFindings extends ScheduledTask {
  public override async run(): Promise<void> {
    await watchFindings(this.container.doctorWatch);
  }
}
