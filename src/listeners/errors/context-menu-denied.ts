import { ApplyOptions } from '@sapphire/decorators';
import {
  Events,
  Listener,
  type ContextMenuCommandDeniedPayload,
  type UserError as Denial,
} from '@sapphire/framework';
import { answerError } from '#lib/errors/answer-error';
import { UserError } from '#lib/errors/user-error';
import type { SentenceKey, SentenceValues } from '#lib/i18n/translate';

/** A precondition said no: its identifier is the sentence, its context the values in it. */
@ApplyOptions<Listener.Options>({ event: Events.ContextMenuCommandDenied })
export class ContextMenuDenied extends Listener {
  public override async run(
    denial: Denial,
    { interaction, command }: ContextMenuCommandDeniedPayload,
  ): Promise<void> {
    const refusal = new UserError(denial.identifier as SentenceKey, (denial.context ?? {}) as SentenceValues);
    if (interaction.isMessageContextMenuCommand() || interaction.isUserContextMenuCommand())
      await answerError(interaction, refusal, command.name, this.container.log);
  }
}
