import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { confirmReminderDelete } from '#lib/dashboard/reminder-delete';

export class DeleteGuildReminder extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'deleteGuildReminder', 'reminders');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return confirmReminderDelete(this.container, call);
  }
}
