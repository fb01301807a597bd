import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { ticketsPage } from '#lib/dashboard/tickets';

export class GuildTicketsPage extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'guildTicketsPage', 'tickets');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return ticketsPage(this.container, call);
  }
}
