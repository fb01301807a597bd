import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { ticketPage } from '#lib/dashboard/ticket';

export class GuildTicketPage extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'guildTicketPage', 'tickets');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return ticketPage(this.container, call);
  }
}
