import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { overviewPage } from '#lib/dashboard/overview';

export class GuildOverviewPage extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'guildOverviewPage', 'overview');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return overviewPage(this.container, call);
  }
}
