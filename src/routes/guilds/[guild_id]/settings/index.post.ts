import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { changeSetting } from '#lib/dashboard/settings';

export class ChangeGuildSetting extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'changeGuildSetting', 'settings');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return changeSetting(this.container, call);
  }
}
