import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { greetNewGuilds } from '#lib/guild-life/greet';

/** Greets the guilds that took the bot in while it did not run, and those for which Discord failed. */
@ApplyOptions<ScheduledTask.Options>({ interval: 60_000 })
export class GuildGreetings extends ScheduledTask {
  public override async run(): Promise<void> {
    const { client, db, clock, log } = this.container;
    await greetNewGuilds({ client, db, clock, log });
  }
}
