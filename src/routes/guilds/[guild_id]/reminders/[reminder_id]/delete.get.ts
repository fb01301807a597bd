import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { reminderDeletePage } from '#lib/dashboard/reminder-delete';

export class GuildReminderDeletePage extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'guildReminderDeletePage', 'reminders');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return reminderDeletePage(this.container, call);
  }
}
