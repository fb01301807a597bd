import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { performDueQuestions } from '#lib/assistant/perform';

/** Answers questions that are due and that no job came for: a process died over them, or the clock was moved. */
@ApplyOptions<ScheduledTask.Options>({ interval: 30_000 })
export class AssistantQuestions extends ScheduledTask {
  public override async run(): Promise<void> {
    await performDueQuestions(this.container.assistant);
  }
}
