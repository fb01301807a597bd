import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { commandsPage } from '#lib/dashboard/commands';

export class GuildCommandsPage extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'guildCommandsPage', 'commands');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return commandsPage(this.container, call);
  }
}
