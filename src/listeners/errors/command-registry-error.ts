import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener, type Command } from '@sapphire/framework';

/** Discord refused a command, or the list of them: people keep the old ones until the next start. */
@ApplyOptions<Listener.Options>({ event: Events.CommandApplicationCommandRegistryError })
export class CommandRegistryError extends Listener {
  public override run(error: unknown, command: Command): void {
    this.container.log.error({ err: error, command: command.name }, 'a command could not be registered');
  }
}
