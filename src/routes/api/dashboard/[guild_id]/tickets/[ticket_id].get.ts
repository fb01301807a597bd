import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { showTicket } from '#lib/tickets/api/actions';
import { ticketPath, ticketShape } from '#lib/tickets/api/shapes';

const definition = defineRoute({
  operation: 'getTicket',
  summary: 'A ticket with what happened to it.',
  tag: 'tickets',
  rule: { who: 'guild-admin', scope: 'tickets:read' },
  path: ticketPath,
  answers: { 200: { description: 'As it is now.', body: ticketShape } },
});

export class TicketShow extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ path }: Call<typeof definition>): Promise<Reply> {
    return showTicket(this.container.tickets, path.guild_id, path.ticket_id);
  }
}
