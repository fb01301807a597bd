import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { settingsHistoryPage } from '#lib/dashboard/settings-history';

export class GuildSettingsHistoryPage extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'guildSettingsHistoryPage', 'settings');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return settingsHistoryPage(this.container, call);
  }
}
