import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { remindersPage } from '#lib/dashboard/reminders';

export class GuildRemindersPage extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'guildRemindersPage', 'reminders');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return remindersPage(this.container, call);
  }
}
