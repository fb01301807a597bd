import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { settingsPage } from '#lib/dashboard/settings';

export class GuildSettingsPage extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'guildSettingsPage', 'settings');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return settingsPage(this.container, call);
  }
}
