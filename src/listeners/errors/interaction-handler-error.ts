import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener, type InteractionHandlerError as Payload } from '@sapphire/framework';
import { failureOf } from '#lib/analytics/use';
import { answerAutocompleteError, answerError } from '#lib/errors/answer-error';

@ApplyOptions<Listener.Options>({ event: Events.InteractionHandlerError })
export class InteractionHandlerError extends Listener {
  public override async run(error: unknown, { interaction, handler }: Payload): Promise<void> {
    const { log, uses } = this.container;
    uses.ended(interaction, failureOf(error));
    if (interaction.isAutocomplete()) await answerAutocompleteError(interaction, error, handler.name, log);
    else await answerError(interaction, error, handler.name, log);
  }
}
