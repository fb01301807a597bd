import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { reminderPage } from '#lib/dashboard/reminder-edit';

export class GuildReminderPage extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'guildReminderPage', 'reminders');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return reminderPage(this.container, call);
  }
}
