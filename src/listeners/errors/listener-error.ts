import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener, type ListenerErrorPayload } from '@sapphire/framework';
import { errorReference } from '#lib/errors/classify';

@ApplyOptions<Listener.Options>({ event: Events.ListenerError })
export class ListenerError extends Listener {
  public override run(error: unknown, { piece }: ListenerErrorPayload): void {
    this.container.log.error(
      { err: error, reference: errorReference(), piece: piece.name },
      'a listener failed',
    );
  }
}
