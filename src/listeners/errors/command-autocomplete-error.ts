import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener, type AutocompleteInteractionPayload } from '@sapphire/framework';
import { answerAutocompleteError } from '#lib/errors/answer-error';

@ApplyOptions<Listener.Options>({ event: Events.CommandAutocompleteInteractionError })
export class CommandAutocompleteError extends Listener {
  public override async run(
    error: unknown,
    { interaction, command }: AutocompleteInteractionPayload,
  ): Promise<void> {
    await answerAutocompleteError(interaction, error, command.name, this.container.log);
  }
}
