import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { listTickets } from '#lib/tickets/api/actions';
import { guildPath, listQuery, ticketPage } from '#lib/tickets/api/shapes';

const definition = defineRoute({
  operation: 'listTickets',
  summary: 'Tickets of a server, those that have been quiet longest first.',
  tag: 'tickets',
  rule: { who: 'guild-admin', scope: 'tickets:read' },
  path: guildPath,
  query: listQuery,
  answers: { 200: { description: 'A page of them.', body: ticketPage } },
});

export class TicketsList extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ path, query }: Call<typeof definition>): Promise<Reply> {
    return listTickets(this.container.tickets, path.guild_id, query);
  }
}
