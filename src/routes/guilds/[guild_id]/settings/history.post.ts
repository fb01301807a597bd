import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { undoSetting } from '#lib/dashboard/settings-history';

export class UndoGuildSetting extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'undoGuildSetting', 'settings');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return undoSetting(this.container, call);
  }
}
