import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { changeReminder } from '#lib/dashboard/reminder-edit';

export class ChangeGuildReminder extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'changeGuildReminder', 'reminders');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return changeReminder(this.container, call);
  }
}
