import { ApplyOptions } from '@sapphire/decorators';
import {
  Events,
  Listener,
  type ContextMenuCommandDeniedPayload,
  type UserError as Denial,
} from '@sapphire/framework';
import { denialOf } from '#lib/analytics/use';
import { answerError } from '#lib/errors/answer-error';
import { refusalOf } from '#lib/errors/denial';

/** A precondition said no. */
@ApplyOptions<Listener.Options>({ event: Events.ContextMenuCommandDenied })
export class ContextMenuDenied extends Listener {
  public override async run(
    denial: Denial,
    { interaction, command }: ContextMenuCommandDeniedPayload,
  ): Promise<void> {
    if (!interaction.isMessageContextMenuCommand() && !interaction.isUserContextMenuCommand()) return;
    this.container.uses.ended(interaction, denialOf(denial));
    await answerError(interaction, refusalOf(denial), command.name, this.container.log);
  }
}
