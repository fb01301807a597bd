import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';

/** Without a listener an error of the connection would end the process; discord.js reconnects by itself. */
@ApplyOptions<Listener.Options>({ event: Events.Error })
export class ClientError extends Listener {
  public override run(error: Error): void {
    this.container.log.warn({ err: error }, 'gateway: trouble with the connection');
  }
}
