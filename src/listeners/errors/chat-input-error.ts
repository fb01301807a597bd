import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener, type ChatInputCommandErrorPayload } from '@sapphire/framework';
import { failureOf } from '#lib/analytics/use';
import { answerError } from '#lib/errors/answer-error';

@ApplyOptions<Listener.Options>({ event: Events.ChatInputCommandError })
export class ChatInputError extends Listener {
  public override async run(
    error: unknown,
    { interaction, command }: ChatInputCommandErrorPayload,
  ): Promise<void> {
    this.container.uses.ended(interaction, failureOf(error));
    await answerError(interaction, error, command.name, this.container.log);
  }
}
