import { ApplyOptions } from '@sapphire/decorators';
import {
  Events,
  Listener,
  type ChatInputCommandDeniedPayload,
  type UserError as Denial,
} from '@sapphire/framework';
import { denialOf } from '#lib/analytics/use';
import { answerError } from '#lib/errors/answer-error';
import { refusalOf } from '#lib/errors/denial';

/** A precondition said no. */
@ApplyOptions<Listener.Options>({ event: Events.ChatInputCommandDenied })
export class ChatInputDenied extends Listener {
  public override async run(
    denial: Denial,
    { interaction, command }: ChatInputCommandDeniedPayload,
  ): Promise<void> {
    this.container.uses.ended(interaction, denialOf(denial));
    await answerError(interaction, refusalOf(denial), command.name, this.container.log);
  }
}
