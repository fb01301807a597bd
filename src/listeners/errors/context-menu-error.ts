import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener, type ContextMenuCommandErrorPayload } from '@sapphire/framework';
import { failureOf } from '#lib/analytics/use';
import { answerError } from '#lib/errors/answer-error';

@ApplyOptions<Listener.Options>({ event: Events.ContextMenuCommandError })
export class ContextMenuError extends Listener {
  public override async run(
    error: unknown,
    { interaction, command }: ContextMenuCommandErrorPayload,
  ): Promise<void> {
    if (!interaction.isMessageContextMenuCommand() && !interaction.isUserContextMenuCommand()) return;
    this.container.uses.ended(interaction, failureOf(error));
    await answerError(interaction, error, command.name, this.container.log);
  }
}
