import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener, type InteractionHandlerParseError as Payload } from '@sapphire/framework';
import { answerAutocompleteError, answerError } from '#lib/errors/answer-error';

@ApplyOptions<Listener.Options>({ event: Events.InteractionHandlerParseError })
export class InteractionHandlerParseError extends Listener {
  public override async run(error: unknown, { interaction, handler }: Payload): Promise<void> {
    const { log } = this.container;
    if (interaction.isAutocomplete()) await answerAutocompleteError(interaction, error, handler.name, log);
    else await answerError(interaction, error, handler.name, log);
  }
}
