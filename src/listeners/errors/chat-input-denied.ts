import { ApplyOptions } from '@sapphire/decorators';
import {
  Events,
  Listener,
  type ChatInputCommandDeniedPayload,
  type UserError as Denial,
} from '@sapphire/framework';
import { answerError } from '#lib/errors/answer-error';
import { UserError } from '#lib/errors/user-error';
import type { SentenceKey, SentenceValues } from '#lib/i18n/translate';

/** A precondition said no: its identifier is the sentence, its context the values in it. */
@ApplyOptions<Listener.Options>({ event: Events.ChatInputCommandDenied })
export class ChatInputDenied extends Listener {
  public override async run(
    denial: Denial,
    { interaction, command }: ChatInputCommandDeniedPayload,
  ): Promise<void> {
    const refusal = new UserError(denial.identifier as SentenceKey, (denial.context ?? {}) as SentenceValues);
    await answerError(interaction, refusal, command.name, this.container.log);
  }
}
