import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { ticketTranscript } from '#lib/dashboard/ticket';

export class GuildTicketTranscript extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'guildTicketTranscript', 'tickets');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return ticketTranscript(this.container, call);
  }
}
